package org.vzrig.flasher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The parts that can be told apart by their DEVID. The ids of the PIC32MZ EC and EF follow a rule:
 * each package adds 0A to the middle byte, and the letters E, F and K (or G, H and M on the larger
 * ones) have their own start.
 */
public final class Parts {
  /** Id that a boot loader gives which does not know its part. */
  public static final int BOOTLOADER_ID = 0x0EAF_B00B;

  private static final int[] PINS = {64, 100, 124, 144};
  private static final int PACKAGE_STEP = 0x0A;

  private final Map<Integer, Part> byId = new LinkedHashMap<>();

  private static final Parts TABLE = new Parts();

  private Parts() {
    readIrregular();
    mz("EC", 0x51, "0256ECE 00 0256ECF 05 0512ECE 01 0512ECF 06 1024ECE 02 1024ECF 07");
    mz("EC", 0x51, "1024ECG 03 1024ECH 08 1024ECM 30 2048ECG 04 2048ECH 09 2048ECM 31");
    mz("EF", 0x72, "0512EFE 01 0512EFF 06 0512EFK 2E 1024EFE 02 1024EFF 07 1024EFK 2F");
    mz("EF", 0x72, "1024EFG 03 1024EFH 08 1024EFM 30 2048EFG 04 2048EFH 09 2048EFM 31");
    add(new Part("Bootloader", BOOTLOADER_ID, 2048 << 10, Family.BOOTLOADER));
  }

  /** The part with DEVID {@code id}, whatever the silicon revision in bits 31:28. */
  public static Optional<Part> byId(int id) {
    return Optional.ofNullable(TABLE.byId.get(id & 0x0FFF_FFFF));
  }

  /** The part called {@code name}, with or without the PIC32 prefix, in any letter case. */
  public static Optional<Part> named(String name) {
    String bare = name.regionMatches(true, 0, "PIC32", 0, 5) ? name.substring(5) : name;
    return all().stream().filter(p -> p.name().equalsIgnoreCase(bare)).findFirst();
  }

  /** All parts. */
  public static List<Part> all() {
    return List.copyOf(TABLE.byId.values());
  }

  private void add(Part part) {
    byId.put(part.id(), part);
  }

  /** Adds every package of the types in {@code rows}: size and type, and the start of the ids. */
  private void mz(String series, int prefix, String rows) {
    String[] words = rows.split(" ", -1);
    for (int row = 0; row < words.length; row += 2) {
      int flash = Integer.parseInt(words[row].substring(0, words[row].indexOf(series)));
      int start = Integer.parseInt(words[row + 1], 16);
      for (int p = 0; p < PINS.length; p++) {
        int id = prefix << 20 | (start + p * PACKAGE_STEP) << 12 | 0x053;
        add(new Part("MZ%s%03d".formatted(words[row], PINS[p]), id, flash << 10, Family.MZ));
      }
    }
  }

  private void readIrregular() {
    InputStream file = Objects.requireNonNull(Parts.class.getResourceAsStream("parts.txt"));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      reader.lines().filter(l -> !l.startsWith("#")).map(Parts::parse).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Part parse(String line) {
    String[] words = line.split(" ", -1);
    Family family =
        Arrays.stream(Family.values())
            .filter(f -> f.key().equals(words[3]))
            .findFirst()
            .orElseThrow();
    return new Part(
        words[1], Integer.parseInt(words[0], 16), Integer.parseInt(words[2]) << 10, family);
  }
}
