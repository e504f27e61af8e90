package org.vzrig.hypervisor.report;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.boards.SfrNames;
import org.vzrig.hypervisor.config.Flags;
import org.vzrig.hypervisor.layout.MappedRegion;

/** What a guest can do with a region, in words. */
final class Access {
  /** Registers repeat every 16 bytes with their CLR, SET and INV aliases. */
  private static final List<String> ALIASES = List.of("CLR", "SET", "INV");

  private Access() {}

  /** open, read-only, emulated, write-ignored, write-ignored-reported. */
  static String kind(MappedRegion region) {
    if (region.emulator() != null) {
      return "emulated";
    }
    Flags flags = region.flags();
    if (flags.ignoresWrites()) {
      return flags.reportsWrites() ? "write-ignored-reported" : "write-ignored";
    }
    return flags.writable() ? "open" : "read-only";
  }

  static String rights(Flags flags) {
    return (flags.readable() ? "r" : "-")
        + (flags.has('w') ? "w" : "-")
        + (flags.executable() ? "x" : "-");
  }

  static String cache(Flags flags) {
    return switch (flags.cacheAttribute()) {
      case 2 -> "uncached";
      case 7 -> "write-back-allocate";
      case 1 -> "write-through";
      case 0 -> "C=0";
      default -> "cached";
    };
  }

  /** Names of the registers in a region, without those of aliases. */
  static List<String> registers(MappedRegion region) {
    List<String> names = new ArrayList<>();
    if (region.device() == null) {
      return names;
    }
    for (long at = region.pa(); at < region.pa() + region.size(); at += 4) {
      String name = SfrNames.of((int) at);
      boolean alias = ALIASES.stream().anyMatch(name::endsWith) && SfrNames.known((int) at & ~15);
      if (SfrNames.known((int) at) && !alias) {
        names.add(name);
      }
    }
    return names;
  }

  /** A size as people write it: 64K, 2M, 256. */
  static String size(long bytes) {
    if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "M";
    }
    return bytes >= 1024 && bytes % 1024 == 0 ? (bytes >> 10) + "K" : Long.toString(bytes);
  }
}
