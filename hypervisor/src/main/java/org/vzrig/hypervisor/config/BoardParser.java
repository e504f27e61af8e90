package org.vzrig.hypervisor.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Reads tinyVP's board file, which make reads too. */
final class BoardParser {
  private static final String PLATFORM = "pic32mz2048efg100";
  private static final Set<String> MAKE_KEYS =
      Set.of("BOOT", "DEVCFG", "DEVCFGADDR", "BOARDINIT", "vzstacktop");
  private static final int DEFAULT_STACK = 0x2000;
  private static final long FLASH_START = 0x1D00_0000L;
  private static final long FLASH_END = 0x1D20_0000L;
  private static final long RAM_END = 0x8_0000L;

  private final Path file;
  private final Problems problems;
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<String, BoardFacts.Pool> pools = new HashMap<>();
  private final List<Integer> pmdBase = new ArrayList<>();

  private BoardParser(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads the file; values that are missing or wrong become errors and stand as 0. */
  static BoardFacts read(Path file, String name, Problems problems) {
    BoardParser parser = new BoardParser(file, problems);
    try {
      Lines lines = Lines.read(file);
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        parser.line(line);
      }
    } catch (IOException e) {
      problems.error(Where.file(file), "cannot be read: " + e.getMessage());
    }
    return parser.facts(name);
  }

  private void line(Lines.Line line) {
    if (!line.assigns()) {
      problems.warn(line.where(), "expected 'key = value'; ignored: '" + line.text() + "'");
      return;
    }
    switch (line.key()) {
      case "rom" -> pool(line, FLASH_START, FLASH_END, "flash");
      case "ram" -> pool(line, 0, RAM_END, "RAM");
      case "eret_page", "vzcode", "vzentry", "vzdata", "vzstacksize" -> number(line);
      case "pmd-registers-base" -> pmd(line);
      case "PLATFORM" -> platform(line);
      default -> {
        if (!MAKE_KEYS.contains(line.key())) {
          problems.warn(line.where(), "unknown board key '" + line.key() + "' has no effect");
        }
      }
    }
  }

  private void platform(Lines.Line line) {
    if (!line.value().equals(PLATFORM)) {
      problems.error(
          line.where(), "PLATFORM: expected " + PLATFORM + ", found '" + line.value() + "'");
    }
  }

  private void number(Lines.Line line) {
    OptionalLong value = Numbers.word(line.key(), line.value(), line.where(), problems);
    numbers.put(line.key(), value.orElse(0));
    if (line.key().equals("vzdata")) {
      long physical = numbers.getOrDefault("vzdata", 0L) & 0x1FFF_FFFF;
      if (physical >= RAM_END) {
        problems.warn(
            line.where(), "vzdata: %s lies behind the chip's RAM".formatted(line.value()));
      }
    }
  }

  private void pool(Lines.Line line, long low, long high, String memory) {
    List<String> words = line.words();
    if (words.size() != 2) {
      problems.error(
          line.where(), line.key() + ": expected 'start end', found " + words.size() + " words");
      pools.putIfAbsent(line.key(), new BoardFacts.Pool(low, high));
      return;
    }
    OptionalLong start = Numbers.word(line.key() + " start", words.get(0), line.where(), problems);
    OptionalLong end = Numbers.word(line.key() + " end", words.get(1), line.where(), problems);
    BoardFacts.Pool pool = new BoardFacts.Pool(start.orElse(low), end.orElse(high));
    if (pool.start() >= pool.end()) {
      problems.error(
          line.where(),
          "%s: the pool ends at %x before it starts at %x"
              .formatted(line.key(), pool.end(), pool.start()));
    } else if (pool.start() < low || pool.end() > high) {
      problems.error(
          line.where(),
          "%s: expected addresses in the chip's %s, %08x to %08x, found %08x to %08x"
              .formatted(line.key(), memory, low, high, pool.start(), pool.end()));
    }
    pools.put(line.key(), pool);
  }

  private void pmd(Lines.Line line) {
    for (String word : line.words()) {
      Numbers.word("pmd-registers-base", word, line.where(), problems)
          .ifPresent(value -> pmdBase.add((int) value));
    }
    if (line.words().size() != 7) {
      problems.error(
          line.where(), "pmd-registers-base: expected 7 words, found " + line.words().size());
    }
  }

  private BoardFacts facts(String name) {
    return new BoardFacts(
        Where.file(file),
        name,
        pool("rom", FLASH_START, FLASH_END),
        pool("ram", 0, RAM_END),
        needed("eret_page"),
        needed("vzcode"),
        numbers.getOrDefault("vzentry", 0L),
        numbers.getOrDefault("vzdata", 0L),
        (int) (long) numbers.getOrDefault("vzstacksize", (long) DEFAULT_STACK),
        List.copyOf(pmdBase));
  }

  private BoardFacts.Pool pool(String key, long low, long high) {
    BoardFacts.Pool pool = pools.get(key);
    if (pool == null) {
      problems.error(Where.file(file), "the board file has no '" + key + " = start end'");
      return new BoardFacts.Pool(low, high);
    }
    return pool;
  }

  private long needed(String key) {
    Long value = numbers.get(key);
    if (value == null) {
      problems.error(Where.file(file), "the board file has no '" + key + " ='");
      return 0;
    }
    return value;
  }
}
