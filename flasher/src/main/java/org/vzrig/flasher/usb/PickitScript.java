package org.vzrig.flasher.usb;

import java.util.Arrays;

/**
 * Commands of the PICkit 2 and 3 firmware in one report, and the script that such a command runs.
 * Names as in Microchip's firmware; the codes stand in the reference's section 11.
 */
final class PickitScript {
  static final int GET_VERSION = 0x76;
  static final int GET_VERSIONS_MPLAB = 0x41;
  static final int SET_VDD = 0xA0;
  static final int SET_VPP = 0xA1;
  static final int READ_STATUS = 0xA2;
  static final int EXECUTE_SCRIPT = 0xA6;
  static final int CLEAR_DOWNLOAD_BUFFER = 0xA7;
  static final int DOWNLOAD_DATA = 0xA8;
  static final int CLEAR_UPLOAD_BUFFER = 0xA9;
  static final int UPLOAD_DATA = 0xAA;
  static final int UPLOAD_DATA_NOLEN = 0xAC;
  static final int END_OF_BUFFER = 0xAD;

  static final int GET_PE_RESP = 0xB5;
  static final int XFERINST_BUF = 0xB6;
  static final int XFRFASTDAT_BUF = 0xB7;
  static final int XFERDATA32_LIT = 0xB9;
  static final int XFERDATA8_LIT = 0xBA;
  static final int SENDCMD = 0xBB;
  static final int SETMODE = 0xBC;
  static final int DELAY_SHORT = 0xE7;
  static final int DELAY_LONG = 0xE8;
  static final int LOOP = 0xE9;
  static final int SET_ICSP_SPEED = 0xEA;
  static final int WRITE_BYTE_LITERAL = 0xF2;
  static final int SET_ICSP_PINS = 0xF3;
  static final int BUSY_LED_OFF = 0xF4;
  static final int BUSY_LED_ON = 0xF5;
  static final int MCLR_GND_OFF = 0xF6;
  static final int MCLR_GND_ON = 0xF7;
  static final int VPP_PWM_OFF = 0xF8;
  static final int VPP_PWM_ON = 0xF9;
  static final int VPP_OFF = 0xFA;
  static final int VPP_ON = 0xFB;
  static final int VDD_GND_OFF = 0xFC;
  static final int VDD_GND_ON = 0xFD;
  static final int VDD_OFF = 0xFE;
  static final int VDD_ON = 0xFF;

  private final byte[] bytes = new byte[HidChannel.REPORT];
  private int length;

  PickitScript() {
    Arrays.fill(bytes, (byte) END_OF_BUFFER);
  }

  /** Appends {@code values}, a byte each. */
  PickitScript add(int... values) {
    for (int value : values) {
      bytes[length++] = (byte) value;
    }
    return this;
  }

  /** Appends little-endian words. */
  PickitScript words(int[] words, int from, int to) {
    for (int i = from; i < to; i++) {
      add(words[i], words[i] >>> 8, words[i] >>> 16, words[i] >>> 24);
    }
    return this;
  }

  /** Appends the command that runs {@code script}. */
  PickitScript run(int... script) {
    return add(EXECUTE_SCRIPT, script.length).add(script);
  }

  /** Appends the command that runs {@code instruction} {@code count} times. */
  PickitScript repeat(int instruction, int count) {
    return count == 1 ? run(instruction) : run(instruction, LOOP, 1, count - 1);
  }

  /** The report, filled up with END_OF_BUFFER. */
  byte[] report() {
    return bytes.clone();
  }
}
