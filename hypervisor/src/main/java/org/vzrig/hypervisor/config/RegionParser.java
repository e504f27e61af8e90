package org.vzrig.hypervisor.config;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads {@code address size [flags [physical]]}, on one line or as a block of such lines. */
final class RegionParser {
  private static final String KNOWN_FLAGS = "rwxesuatniId";
  private static final long SPACE = 1L << 32;
  private final Problems problems;

  RegionParser(Problems problems) {
    this.problems = problems;
  }

  /** The lines of a {@code .mmap} block; the opening line is the last one read. */
  List<Region> mmap(Lines lines, Where opened) {
    List<Region> regions = new ArrayList<>();
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.closes()) {
        return regions;
      }
      if (line.opensVm()) {
        unclosed(".mmap", opened, line);
        lines.back();
        return regions;
      }
      mmapLine(lines, line, regions);
    }
    problems.warn(opened, "'.mmap' has no closing '.' before the end of the file");
    return regions;
  }

  private void mmapLine(Lines lines, Lines.Line line, List<Region> regions) {
    if (!line.assigns()) {
      problems.warn(
          line.where(), "expected 'key = address size …' in .mmap; ignored: '" + line.text() + "'");
      return;
    }
    switch (line.key()) {
      case "code" -> read(lines, line, Region.Kind.FIXED, "rx", true, regions);
      case "rom" -> read(lines, line, Region.Kind.ROM, "rx", true, regions);
      case "data" -> read(lines, line, Region.Kind.FIXED, "rw", true, regions);
      case "ram" -> read(lines, line, Region.Kind.RAM, "rw", true, regions);
      case "rodata" -> read(lines, line, Region.Kind.FIXED, "r", false, regions);
      default ->
          problems.error(
              line.where(),
              "expected code, data, rodata, rom or ram in .mmap, found '" + line.key() + "'");
    }
  }

  /**
   * Reads the value of a key.
   *
   * @param complete whether flags on the key's own line get the default's letters when they give no
   *     right; lines of a block always do
   */
  void read(
      Lines lines,
      Lines.Line line,
      Region.Kind kind,
      String defaults,
      boolean complete,
      List<Region> regions) {
    if (line.value().isEmpty()) {
      block(lines, line, kind, defaults, regions);
      return;
    }
    Region region = region(line.where(), line.key(), line.words(), kind, defaults, complete);
    if (region != null) {
      regions.add(region);
    }
  }

  private void block(
      Lines lines, Lines.Line opening, Region.Kind kind, String defaults, List<Region> regions) {
    String key = opening.key();
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.closes()) {
        return;
      }
      if (line.opensVm()) {
        unclosed(key + " =", opening.where(), line);
        lines.back();
        return;
      }
      Region region = region(line.where(), key, Lines.split(line.text()), kind, defaults, true);
      if (region != null) {
        regions.add(region);
      }
    }
    problems.warn(opening.where(), "'" + key + " =' has no closing '.' before the end of the file");
  }

  /** One region from its words, or null after an error. */
  @Nullable Region region(
      Where where,
      String key,
      List<String> words,
      Region.Kind kind,
      String defaults,
      boolean complete) {
    if (words.size() < 2 || words.size() > 4) {
      problems.error(
          where,
          "%s: expected 'address size [flags [%s]]', found %d words"
              .formatted(key, kind == Region.Kind.FIXED ? "physical" : "alignment", words.size()));
      return null;
    }
    OptionalLong va = Numbers.word(key + " address", words.get(0), where, problems);
    OptionalLong size = Numbers.word(key + " size", words.get(1), where, problems);
    String name = kind == Region.Kind.FIXED ? " physical address" : " alignment";
    OptionalLong pa =
        words.size() == 4 ? Numbers.word(key + name, words.get(3), where, problems) : va;
    if (va.isEmpty() || size.isEmpty() || pa.isEmpty()) {
      return null;
    }
    Flags flags = flags(where, key, words.size() > 2 ? words.get(2) : defaults, defaults, complete);
    Region region =
        new Region(where, kind, va.getAsLong(), size.getAsLong(), flags, pa.getAsLong());
    return fits(region, key) ? region : null;
  }

  private Flags flags(Where where, String key, String letters, String defaults, boolean complete) {
    letters
        .chars()
        .filter(c -> KNOWN_FLAGS.indexOf(c) < 0)
        .distinct()
        .forEach(c -> problems.warn(where, key + ": flag '" + (char) c + "' means nothing"));
    Flags flags = new Flags(letters);
    if (flags.has('r') || flags.has('w') || flags.has('x')) {
      return flags;
    }
    if (!complete) {
      problems.warn(
          where, key + ": flags '" + letters + "' give no right to read, write or execute");
      return flags;
    }
    return new Flags(letters + defaults);
  }

  private boolean fits(Region region, String key) {
    if (region.va() + region.size() > SPACE) {
      problems.error(
          region.where(),
          "%s: %x bytes from %08x reach beyond ffffffff"
              .formatted(key, region.size(), region.va()));
      return false;
    }
    if (region.kind() == Region.Kind.FIXED && region.pa() + region.size() > SPACE) {
      problems.error(
          region.where(),
          "%s: %x bytes from physical %08x reach beyond ffffffff"
              .formatted(key, region.size(), region.pa()));
      return false;
    }
    return true;
  }

  private void unclosed(String block, Where opened, Lines.Line found) {
    problems.error(
        found.where(),
        "'%s' inside '%s' of line %d: its closing '.' is missing"
            .formatted(found.text(), block, opened.line()));
  }
}
