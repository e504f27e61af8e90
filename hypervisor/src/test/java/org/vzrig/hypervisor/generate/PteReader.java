package org.vzrig.hypervisor.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a generated pte.c and looks addresses up in it the way tinyVP's exception code does. */
final class PteReader {
  private static final Pattern TABLE =
      Pattern.compile("(?:cpte|long) const (\\w+)\\[\\] = \\{(.*?)\\n\\};", Pattern.DOTALL);
  private static final Pattern LINK =
      Pattern.compile(
          "next=&(\\w+)\\[0\\], 0x(\\w+)( \\| 1)?, (?:0x)?(\\w+), \\.cpte_nd\\.pm=(?:0x)?(\\w+),"
              + " \\.cpte_nd\\.rs=(\\d+), \\.cpte_nd\\.ls=(\\d+)");
  private static final Pattern LEAF =
      Pattern.compile("cpte_dl\\.f=(\\S+), (\\S+|\\(void \\*\\)0x0), 0x(\\w+), 0x(\\w+) }");
  private static final Pattern ROOTS = Pattern.compile("\\(struct cpte_nd \\*\\)&(\\w+),");
  private static final int MINIMUM = 0x1FFF;

  private sealed interface Entry {}

  private record Link(String next, int mask, int golden, int pm, int rs, int ls) implements Entry {}

  private record Leaf(String emulator, String mask, int lo0, int lo1) implements Entry {}

  /**
   * What the tables say of an address.
   *
   * @param physical where it is
   * @param emulator the emulator's name or 0x0
   * @param allowed whether the bitmask lets it through
   */
  record Found(int physical, String emulator, boolean allowed) {}

  private final Map<String, List<Entry>> tables = new HashMap<>();
  private final Map<String, int[]> masks = new HashMap<>();
  private final List<String> roots = new ArrayList<>();

  PteReader(String source) {
    Matcher table = TABLE.matcher(source);
    while (table.find()) {
      if (table.group(1).startsWith("bm")) {
        masks.put(table.group(1), words(table.group(2)));
      } else {
        tables.put(
            table.group(1),
            table.group(2).lines().filter(l -> l.contains("{ .")).map(PteReader::entry).toList());
      }
    }
    Matcher root = ROOTS.matcher(source);
    while (root.find()) {
      roots.add(root.group(1));
    }
  }

  private static int[] words(String text) {
    return Pattern.compile("0x(\\w+)")
        .matcher(text)
        .results()
        .mapToInt(m -> hex(m.group(1)))
        .toArray();
  }

  private static int hex(String text) {
    return Integer.parseUnsignedInt(text, 16);
  }

  private static Entry entry(String line) {
    Matcher link = LINK.matcher(line);
    if (link.find()) {
      int mask = hex(link.group(2)) | (link.group(3) == null ? 0 : 1);
      return new Link(
          link.group(1),
          mask,
          hex(link.group(4)),
          hex(link.group(5)),
          Integer.parseInt(link.group(6)),
          Integer.parseInt(link.group(7)));
    }
    Matcher leaf = LEAF.matcher(line);
    if (leaf.find()) {
      return new Leaf(leaf.group(1), leaf.group(2), hex(leaf.group(3)), hex(leaf.group(4)));
    }
    throw new IllegalArgumentException(line);
  }

  private List<Entry> table(String name) {
    return Objects.requireNonNull(tables.get(name), name);
  }

  /** What guest {@code vm} has at this address, or null. */
  @Nullable Found find(int vm, int address) {
    Entry entry = table(roots.get(vm)).get(address >>> 29);
    int mask = 0x1FFF_FFFF;
    while (entry instanceof Link link && (link.mask & 1) != 0) {
      if (link.golden != (address & link.mask & ~1)) {
        return null;
      }
      mask = link.pm << 10;
      entry = follow(link, address);
    }
    if (entry instanceof Link transit) {
      return findSoftware(table(transit.next).getFirst(), address);
    }
    Leaf leaf = (Leaf) entry;
    int lo = word(leaf, mask | MINIMUM, address);
    int offset = address & (mask | MINIMUM) >>> 1;
    return lo == 0
        ? null
        : found(leaf, mask | MINIMUM, ((lo >>> 6 & 0xF_FFFF) << 12) + offset, address);
  }

  private Entry follow(Link link, int address) {
    int offset = address << link.ls >>> link.rs & ~15;
    return table(link.next).get(offset / 16);
  }

  private @Nullable Found findSoftware(Entry first, int address) {
    Entry entry = first;
    int mask = 0;
    while (entry instanceof Link link) {
      if (link.golden != (address & link.mask & ~1)) {
        return null;
      }
      mask = link.pm;
      entry = follow(link, address);
    }
    Leaf leaf = (Leaf) entry;
    int lo = word(leaf, mask, address);
    return lo == 0 ? null : found(leaf, mask, (lo & ~15) + (address & mask >>> 1), address);
  }

  private static int word(Leaf leaf, int mask, int address) {
    return (address & mask) <= mask >>> 1 ? leaf.lo0 : leaf.lo1;
  }

  private Found found(Leaf leaf, int mask, int physical, int address) {
    int[] bits = masks.get(leaf.mask.replace("&", ""));
    int word = (address & mask) >>> 2;
    boolean allowed = bits == null || (bits[word >>> 5] >>> (word & 31) & 1) != 0;
    return new Found(physical, leaf.emulator, allowed);
  }
}
