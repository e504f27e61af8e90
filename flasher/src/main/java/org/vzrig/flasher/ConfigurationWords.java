package org.vzrig.flasher;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Where the configuration words of each family stand. (The reference's section 3.) */
final class ConfigurationWords {
  private static final String[] MM = {"FDEVOPT", "FICD", "FPOR", "FWDT", "FOSCSEL", "FSEC"};
  private static final int MM_ALTERNATE = 0x44;
  private static final int MM_PRIMARY = 0xC4;
  private static final int PANEL_1 = 0x4_0000;
  private static final int PANEL_2 = 0x6_0000;

  private ConfigurationWords() {}

  /** Names and physical addresses, in the order in which they are told. */
  static SequencedMap<String, Integer> of(Family family) {
    SequencedMap<String, Integer> words = new LinkedHashMap<>();
    int base = Part.BOOT + family.devcfgOffset();
    switch (family) {
      case MX1, MX3, MZ -> {
        for (int i = 0; i < 4; i++) {
          words.put("DEVCFG" + i, base + 12 - 4 * i);
        }
      }
      case MK -> {
        panel(words, "BF1", base + PANEL_1);
        panel(words, "BF2", base + PANEL_2);
      }
      case MM_GPL, MM_GPM -> {
        for (int i = 0; i < MM.length; i++) {
          words.put(MM[i], base + MM_PRIMARY + 4 * i);
        }
        for (int i = 0; i < MM.length; i++) {
          words.put("A" + MM[i], base + MM_ALTERNATE + 4 * i);
        }
      }
      case BOOTLOADER -> {}
    }
    return words;
  }

  private static void panel(SequencedMap<String, Integer> words, String name, int base) {
    for (int i = 0; i < 4; i++) {
      words.put(name + "DEVCFG" + (3 - i), base + 4 * i);
    }
    words.put(name + "DEVCP", base + 0x1C);
    words.put(name + "DEVSIGN", base + 0x2C);
    words.put(name + "SEQ", base + 0x30);
  }
}
