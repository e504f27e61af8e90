package org.vzrig.flasher.stk500;

import org.vzrig.flasher.Part;

/** Bodies of the commands that chipKIT boot loaders understand. */
final class StkCommand {
  static final byte SIGN_ON = 0x01;
  static final byte LEAVE = 0x11;

  private StkCommand() {}

  /** ENTER_PROGMODE with the AVR timing values that loaders ignore and pic32prog sends. */
  static byte[] enter() {
    return new byte[] {0x10, (byte) 0xC8, 0x64, 0x19, 0x20, 0, 0x53, 0x03, (byte) 0xAC, 0x53, 0, 0};
  }

  /** SET_BAUD, the rate little endian. */
  static byte[] setBaud(int rate) {
    return new byte[] {
      0x48, (byte) rate, (byte) (rate >>> 8), (byte) (rate >>> 16), (byte) (rate >>> 24)
    };
  }

  /** LOAD_ADDRESS: the offset from program flash in 16-bit words, big endian. */
  static byte[] loadAddress(int physical) {
    int words = (physical - Part.FLASH) >>> 1;
    return new byte[] {
      0x06, (byte) (words >>> 24), (byte) (words >>> 16), (byte) (words >>> 8), (byte) words
    };
  }

  /** PROGRAM_FLASH; the data must begin at offset 10. */
  static byte[] program(byte[] data) {
    byte[] body = new byte[10 + data.length];
    body[0] = 0x13;
    body[1] = (byte) (data.length >>> 8);
    body[2] = (byte) data.length;
    System.arraycopy(data, 0, body, 10, data.length);
    return body;
  }

  /** READ_FLASH of {@code length} bytes. */
  static byte[] read(int length) {
    return new byte[] {0x14, (byte) (length >>> 8), (byte) length, 0x20};
  }
}
