package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program for the WiFire, at any address: LD1 (RG6) is lit while BTN1 (RA5) is pressed. */
final class ButtonLamp {
  /** Where its loop reads the button, from its start. */
  static final int LOOP = 0x18;

  /** Its length. */
  static final int END = 0x2C;

  private static final int[] WORDS = {
    0x3C08_BF86, //       lui   t0, 0xBF86
    0x2409_0020, //       li    t1, 0x20
    0xAD09_0004, //       sw    t1, 0x004(t0)   ANSELACLR
    0x2409_0040, //       li    t1, 0x40
    0xAD09_0604, //       sw    t1, 0x604(t0)   ANSELGCLR
    0xAD09_0614, //       sw    t1, 0x614(t0)   TRISGCLR
    0x8D09_0020, // loop: lw    t1, 0x020(t0)   PORTA
    0x3129_0020, //       andi  t1, t1, 0x20
    0x0009_4840, //       sll   t1, t1, 1
    0x1000_FFFC, //       b     loop
    0xAD09_0630 //        sw    t1, 0x630(t0)   LATG
  };

  private ButtonLamp() {}

  /** The program as bytes. */
  static byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(END).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : WORDS) {
      bytes.putInt(word);
    }
    return bytes.array();
  }

  /** Writes it as a binary file. */
  static Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }
}
