package org.vzrig.appliance.compare;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.ImageWriter;

/**
 * A program for the WiFire as its boot loader takes it: prints {@code start}, and ten times a
 * second {@code beat}, when it changes LD1 (RG6) too.
 */
final class BeatFirmware {
  private static final int APPLICATION = 0x9D00_1000;

  private BeatFirmware() {}

  private static List<Integer> words() {
    List<Integer> words =
        new ArrayList<>(
            List.of(
                0x3C08_BF82, // lui   t0, 0xBF82
                0x2409_0035, // li    t1, 53
                0xAD09_2640, // sw    t1, 0x2640(t0)   U4BRG: 115200 baud
                0x2409_1400, // li    t1, 0x1400
                0xAD09_2610, // sw    t1, 0x2610(t0)   U4STA: URXEN, UTXEN
                0x3409_8000, // li    t1, 0x8000
                0xAD09_2600, // sw    t1, 0x2600(t0)   U4MODE: ON
                0x3C0A_BF86, // lui   t2, 0xBF86
                0x2409_0040, // li    t1, 0x40
                0xAD49_0604, // sw    t1, 0x604(t2)    ANSELGCLR
                0xAD49_0614)); // sw  t1, 0x614(t2)    TRISGCLR
    for (String text : List.of("start\n", "one\n", "two\n", "three\n", "done\n")) {
      words.addAll(
          List.of(
              0x400B_4800, //       mfc0  t3, Count
              0x3C0C_0003, //       lui   t4, 0x0003     2 ms
              0x400D_4800, // wait: mfc0  t5, Count
              0x01AB_6823, //       subu  t5, t5, t3
              0x01AC_682B, //       sltu  t5, t5, t4
              0x15A0_FFFC, //       bnez  t5, wait
              0x0000_0000, //       nop
              0x2409_0040, //       li    t1, 0x40
              0xAD49_063C)); //     sw    t1, 0x63C(t2)  LATGINV
      print(words, text);
    }
    words.addAll(List.of(0x4200_0020, 0x1000_FFFE, 0)); // sleep: wait; b sleep
    return words;
  }

  /** Into the transmit FIFO, which holds eight characters. */
  private static void print(List<Integer> words, String text) {
    for (int i = 0; i < text.length(); i++) {
      words.add(0x2409_0000 | text.charAt(i)); // li    t1, c
      words.add(0xAD09_2620); // sw    t1, 0x2620(t0)   U4TXREG
    }
  }

  /** Writes it as an Intel HEX file. */
  static Path write(Path folder) throws IOException {
    List<Integer> words = words();
    ByteBuffer bytes = ByteBuffer.allocate(words.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(bytes::putInt);
    Path binary = Files.write(folder.resolve("beat.bin"), bytes.array());
    try {
      String hex = ImageWriter.hex(ImageReader.readBinary(binary, APPLICATION), a -> a);
      return Files.writeString(folder.resolve("beat.hex"), hex);
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }
}
