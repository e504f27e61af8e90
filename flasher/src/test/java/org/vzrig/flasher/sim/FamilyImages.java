package org.vzrig.flasher.sim;

import java.util.Arrays;
import java.util.Random;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Family;

/** A part, an executive and an image for each family. */
public final class FamilyImages {
  private static final Origin ORIGIN = new Origin("image", 0);

  private FamilyImages() {}

  /** DEVID of a part of {@code family}. */
  public static int part(Family family) {
    return switch (family) {
      case MX1 -> 0x14A0_0053;
      case MX3 -> 0x4430_7053;
      case MZ -> 0x6720_E053;
      case MK -> 0x1620_1053;
      case MM_GPL -> 0x06B1_6053;
      case MM_GPM -> 0x0771_E053;
      case BOOTLOADER -> 0;
    };
  }

  /** What stands for Microchip's programming executive. */
  public static int[] executive(Family family) {
    return new Random(12).ints(family.executiveWords()).toArray();
  }

  /** The same as an image, where Microchip's file has it. */
  public static Image executiveImage(Family family) {
    int[] words = executive(family);
    byte[] code = new byte[4 * words.length];
    for (int i = 0; i < code.length; i++) {
      code[i] = (byte) (words[i / 4] >>> 8 * (i % 4));
    }
    return Image.of(family.mm() ? 0x300 : 0x900, code, ORIGIN);
  }

  /** Code for program flash and boot flash, and configuration words. */
  public static Image of(Family family) throws ImageException {
    byte[] data = new byte[3000];
    new Random(3).nextBytes(data);
    ImageBuilder builder = new ImageBuilder().add(0x9D00_0000, data, ORIGIN);
    builder.add(0x9D00_2000, new byte[] {5, 6, 7, 8}, ORIGIN); // a row with one unit
    byte[] boot = new byte[100];
    new Random(4).nextBytes(boot);
    builder.add(0xBFC0_0000, boot, ORIGIN);
    switch (family) {
      case MX1 -> word(builder, 0xBFC0_0BF0, 0x0FFF_FFFF, 0xFFF9_79D9, 0xFF7F_CDDB, 0x7FFF_FFFB);
      case MX3 -> word(builder, 0xBFC0_2FF0, 0x0FFF_FFFF, 0xFFF8_79D9, 0xFF60_CDDB, 0x7FFF_FFFD);
      case MZ -> {
        word(builder, 0xBFC0_FFC0, 0x86FF_FFFF, 0xFFF9_B11A, 0x0374_3CB9, 0xFFFF_F7D7);
        word(builder, 0xBFC0_FFEC, -1);
      }
      case MK -> {
        for (int panel : new int[] {0xBFC4_3FC0, 0xBFC6_3FC0}) {
          word(builder, panel, 0x86FF_FFFF, 0xFFF9_B11A, 0x0374_3CB9, 0xFFFF_F7D7);
          word(builder, panel + 0x1C, -1);
          word(builder, panel + 0x2C, -1);
          word(builder, panel + 0x30, 0xFFFE_0001);
        }
      }
      default -> {
        for (int set : new int[] {0xBFC0_1740, 0xBFC0_17C0}) {
          word(builder, set + 4, 0xFFFF_FFF7, 0xFFFF_FFFB, 0xFFFF_FFFC, 0xFFFF_8FFF, 0xFFFF_FFF8);
        }
      }
    }
    return builder.build();
  }

  private static void word(ImageBuilder builder, int address, int... words) {
    for (int i = 0; i < words.length; i++) {
      byte[] bytes = new byte[4];
      for (int b = 0; b < 4; b++) {
        bytes[b] = (byte) (words[i] >>> 8 * b);
      }
      builder.add(address + 4 * i, bytes, ORIGIN);
    }
  }

  /** What program flash of {@code length} bytes holds afterwards. */
  public static byte[] flash(Family family, int length) throws ImageException {
    return bytes(family, 0x1D00_0000, length);
  }

  /** What boot flash from {@code address} holds afterwards; signatures have their top bit clear. */
  public static byte[] boot(Family family, int address, int length) throws ImageException {
    byte[] boot = bytes(family, address, length);
    int[] signatures =
        switch (family) {
          case MZ -> new int[] {0xFFEF, 0xFF6F};
          case MK -> new int[] {0x3FEF};
          default -> new int[0];
        };
    for (int at : signatures) {
      boolean written = at < length && address == 0x1FC0_0000 || family == Family.MK;
      boot[at] = (byte) (written ? boot[at] & 0x7F : boot[at]);
    }
    return boot;
  }

  private static byte[] bytes(Family family, int address, int length) throws ImageException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xFF);
    of(family).read(address, bytes);
    return bytes;
  }
}
