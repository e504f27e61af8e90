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

  private static List<Integer> prepared() {
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
    return words;
  }

  private static List<Integer> words() {
    List<Integer> words = prepared();
    for (String text : List.of("start\n", "one\n", "two\n", "three\n", "done\n")) {
      pause(words, 3);
      print(words, text);
    }
    words.addAll(List.of(0x4200_0020, 0x1000_FFFE, 0)); // sleep: wait; b sleep
    return words;
  }

  /** Waits {@code units} times 0.66 ms and changes LD1. */
  private static void pause(List<Integer> words, int units) {
    words.addAll(
        List.of(
            0x400B_4800, //         mfc0  t3, Count
            0x3C0C_0000 | units, // lui   t4, units
            0x400D_4800, //   wait: mfc0  t5, Count
            0x01AB_6823, //         subu  t5, t5, t3
            0x01AC_682B, //         sltu  t5, t5, t4
            0x15A0_FFFC, //         bnez  t5, wait
            0x0000_0000, //         nop
            0x2409_0040, //         li    t1, 0x40
            0xAD49_063C)); //       sw    t1, 0x63C(t2)  LATGINV
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
    return write(folder, words());
  }

  /** Writes one that prints {@code beat} and a number in letters, AA to PP, 20 times a second. */
  static Path writeMetronome(Path folder) throws IOException {
    List<Integer> words = prepared();
    words.add(0x240E_0000); //         li    t6, 0
    int turn = words.size();
    pause(words, 76); //             49.8 ms
    print(words, "beat");
    words.addAll(
        List.of(
            0x000E_4902, //            srl   t1, t6, 4
            0x2529_0041, //            addiu t1, t1, 'A'
            0xAD09_2620, //            sw    t1, 0x2620(t0)   U4TXREG
            0x31C9_000F, //            andi  t1, t6, 15
            0x2529_0041, //            addiu t1, t1, 'A'
            0xAD09_2620, //            sw    t1, 0x2620(t0)   U4TXREG
            0x25CE_0001, //            addiu t6, t6, 1
            0x31CE_00FF)); //          andi  t6, t6, 255
    print(words, "\n");
    words.addAll(List.of(0x1000_0000 | ((turn - words.size() - 1) & 0xFFFF), 0)); // b turn
    return write(folder, words);
  }

  private static Path write(Path folder, List<Integer> words) throws IOException {
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
