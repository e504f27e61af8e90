package org.vzrig.boards;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vzrig.boards.Region.Kind;

/**
 * A part of the PIC32MZ EF family.
 *
 * @param name part number, such as PIC32MZ2048EFG100
 * @param deviceId DEVID without the silicon revision in bits 31:28
 * @param regions the physical memory map, no two regions overlapping
 */
public record Chip(String name, int deviceId, List<Region> regions) {
  /** Bytes that each boot flash address range spans: 64 KiB and the last 16 KiB page. */
  public static final int BOOT_BYTES = 80 * 1024;

  /** Bytes erased at once. */
  public static final int PAGE_BYTES = 16 * 1024;

  /** Bytes that a row program operation writes. */
  public static final int ROW_BYTES = 2048;

  /** Physical address of program flash. */
  public static final int PROGRAM_FLASH = 0x1D00_0000;

  /** Physical address of boot flash through the lower alias. */
  public static final int BOOT_LOWER = 0x1FC0_0000;

  /** Physical address of boot flash through the upper alias. */
  public static final int BOOT_UPPER = 0x1FC2_0000;

  /** Physical address of boot flash panel 1. */
  public static final int BOOT_1 = 0x1FC4_0000;

  /** Physical address of boot flash panel 2. */
  public static final int BOOT_2 = 0x1FC6_0000;

  private static final int[] PINS_64 = {0, 0xFFFF, 0xF000, 0x0E3F, 0x00FF, 0x003B, 0x03C0, 0, 0, 0};
  private static final int[] PINS_100 = {
    0xC6FF, 0xFFFF, 0xF01E, 0xFE3F, 0x03FF, 0x313F, 0xF3C3, 0, 0, 0
  };
  private static final int[] PINS_144 = {
    0xC6FF, 0xFFFF, 0xF01E, 0xFEFF, 0x03FF, 0x313F, 0xF3C3, 0xFFFF, 0xFFFF, 0x00FF
  };

  /** Keeps its own copy of the regions. */
  public Chip {
    regions = List.copyOf(regions);
  }

  /** A PIC32MZ EF with {@code flashKib} of program flash and {@code ramKib} of RAM. */
  static Chip pic32mzEf(String name, int deviceId, int flashKib, int ramKib) {
    List<Region> map = new ArrayList<>();
    map.add(new Region("RAM", Kind.RAM, 0, ramKib << 10));
    map.add(new Region("program flash", Kind.PROGRAM_FLASH, PROGRAM_FLASH, flashKib << 10));
    map.add(new Region("SFRs", Kind.SFR, 0x1F80_0000, 1 << 20));
    map.add(new Region("lower boot alias", Kind.BOOT_LOWER, BOOT_LOWER, BOOT_BYTES));
    map.add(new Region("upper boot alias", Kind.BOOT_UPPER, BOOT_UPPER, BOOT_BYTES));
    map.add(new Region("boot flash 1", Kind.BOOT_1, BOOT_1, BOOT_BYTES));
    map.add(new Region("boot flash 2", Kind.BOOT_2, BOOT_2, BOOT_BYTES));
    map.add(new Region("external bus", Kind.EBI, 0x2000_0000, 64 << 20));
    map.add(new Region("serial quad flash", Kind.SQI, 0x3000_0000, 64 << 20));
    return new Chip(name, deviceId, map);
  }

  /** The region that {@code address} (physical) lies in. */
  public Optional<Region> region(int address) {
    return regions.stream().filter(r -> r.contains(address)).findFirst();
  }

  /**
   * The only region of {@code kind}.
   *
   * @throws IllegalArgumentException if the part has none
   */
  public Region region(Kind kind) {
    return regions.stream()
        .filter(r -> r.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no " + kind));
  }

  /**
   * The pins of port {@code index} (A is 0) that the package has, a bit each (data sheet tables 3
   * to 5). How many pins the package has stands in the last three digits of the part's name.
   */
  public int pins(int index) {
    int[] pins = name.endsWith("064") ? PINS_64 : name.endsWith("100") ? PINS_100 : PINS_144;
    return pins[index];
  }

  /** Whether the package has {@code pin}. */
  public boolean has(Pin pin) {
    return (pins(pin.portIndex()) >>> pin.bit() & 1) != 0;
  }

  /** Program flash in bytes. */
  public int flashBytes() {
    return region(Kind.PROGRAM_FLASH).size();
  }

  /** RAM in bytes. */
  public int ramBytes() {
    return region(Kind.RAM).size();
  }
}
