package org.vzrig.boards.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads ELF executables for little-endian MIPS32: what the load segments hold of the file at their
 * load (physical) addresses, entry point and symbols (System V ABI, chapter 4; MIPS supplement).
 *
 * <p>Every offset of the file is checked before it is followed, and nothing is made as large as the
 * file only says it is.
 */
final class ElfReader {
  private static final int HEADER_BYTES = 52;
  private static final int SEGMENT_BYTES = 32;
  private static final int SECTION_BYTES = 40;
  private static final int SYMBOL_BYTES = 16;

  private static final int EM_MIPS = 8;
  private static final int ET_EXEC = 2;
  private static final int PT_LOAD = 1;
  private static final int SHT_SYMTAB = 2;
  private static final int SHT_STRTAB = 3;
  private static final int SHT_NOBITS = 8;
  private static final int SHF_ALLOC = 2;
  private static final int STT_OBJECT = 1;
  private static final int STT_FUNC = 2;

  /** Instruction set of a symbol, in st_other. */
  private static final int STO_ISA = 0xC0;

  private static final int STO_MICROMIPS = 0x80;

  private final ByteBuffer file;
  private final byte[] content;
  private final Origin origin;
  private final ImageBuilder builder;

  private ElfReader(byte[] content, String name, ImageBuilder builder) {
    this.content = content;
    this.file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.origin = new Origin(name, 0);
    this.builder = builder;
  }

  static void read(byte[] content, String name, ImageBuilder builder) {
    new ElfReader(content, name, builder).read();
  }

  private void read() {
    Optional<String> wrong =
        wrongTarget()
            .or(() -> wrongTable("program", word(28), half(42), half(44), SEGMENT_BYTES))
            .or(() -> wrongTable("section", word(32), half(46), half(48), SECTION_BYTES))
            .or(this::wrongSection);
    if (wrong.isPresent()) {
      refuse(wrong.get());
      return;
    }
    builder.entry(file.getInt(24));
    segments();
    for (int i = 0; i < half(48); i++) {
      if (section(i, 4) == SHT_SYMTAB) {
        symbols(i);
      }
    }
  }

  // --- what makes a file none of ours

  private Optional<String> wrongTarget() {
    if (content.length < HEADER_BYTES) {
      return Optional.of(
          "truncated: expected an ELF header, found %d bytes".formatted(content.length));
    }
    if (content[4] != 1) {
      return Optional.of("expected a 32-bit ELF file, found a 64-bit one");
    }
    if (content[5] != 1) {
      return Optional.of("expected a little-endian ELF file, found a big-endian one");
    }
    if (half(18) != EM_MIPS) {
      return Optional.of("expected machine MIPS (8), found %d".formatted(half(18)));
    }
    return half(16) == ET_EXEC
        ? Optional.empty()
        : Optional.of("expected an executable (type 2), found type %d".formatted(half(16)));
  }

  private Optional<String> wrongTable(String what, long start, int size, int count, int least) {
    if (count > 0 && size < least) {
      return Optional.of(
          "damaged ELF file: expected %s headers of %d bytes, found %d"
              .formatted(what, least, size));
    }
    long end = start + (long) count * size;
    return count == 0 || end <= content.length
        ? Optional.empty()
        : Optional.of(
            "truncated: the %s headers end at %d, the file at %d"
                .formatted(what, end, content.length));
  }

  private Optional<String> wrongSection() {
    for (int i = 0; i < half(48); i++) {
      long end = section(i, 16) + section(i, 20);
      if (section(i, 4) != SHT_NOBITS && end > content.length) {
        return Optional.of(
            "truncated: section %d ends at %d, the file at %d".formatted(i, end, content.length));
      }
      long names = section(i, 24);
      boolean named = names < half(48) && section((int) names, 4) == SHT_STRTAB;
      if (section(i, 4) == SHT_SYMTAB && !named) {
        return Optional.of(
            "damaged ELF file: expected the names of section %d in a string table, found %d"
                .formatted(i, names));
      }
    }
    return Optional.empty();
  }

  // --- contents

  private void segments() {
    int loads = 0;
    for (int i = 0; i < half(44); i++) {
      int header = (int) word(28) + i * half(42);
      if (word(header) == PT_LOAD) {
        loads++;
        load(word(header + 4), file.getInt(header + 12), word(header + 16));
      }
    }
    if (loads == 0) {
      refuse("expected load segments, found none");
    }
  }

  private void load(long offset, int address, long bytes) {
    if (offset + bytes > content.length) {
      builder.problem(
          Problem.at(
              origin,
              address,
              "truncated: the segment's bytes end at %d, the file at %d"
                  .formatted(offset + bytes, content.length)));
      return;
    }
    if (!sections((int) offset, address, bytes)) {
      add((int) offset, address, (int) bytes);
    }
  }

  /**
   * The sections of a segment, if the file tells of any. Linkers begin segments at page boundaries
   * and fill them with the file's headers and zeros, which are no part of the program.
   */
  private boolean sections(int offset, int address, long bytes) {
    boolean any = false;
    for (int i = 0; i < half(48); i++) {
      long at = section(i, 16);
      long size = section(i, 20);
      boolean stored = section(i, 4) != SHT_NOBITS && (section(i, 8) & SHF_ALLOC) != 0;
      if (stored && size > 0 && at >= offset && at + size <= offset + bytes) {
        add((int) at, address + (int) at - offset, (int) size);
        any = true;
      }
    }
    return any;
  }

  private void add(int offset, int address, int bytes) {
    builder.add(address, Arrays.copyOfRange(content, offset, offset + bytes), origin);
  }

  private void symbols(int table) {
    int start = (int) section(table, 16);
    int end = (int) (start + section(table, 20));
    int names = (int) section(table, 24);
    for (int at = start; at + SYMBOL_BYTES <= end; at += SYMBOL_BYTES) {
      int type = content[at + 12] & 0xF;
      boolean defined = half(at + 14) != 0;
      String name = type <= STT_FUNC && defined ? name(names, word(at)) : "";
      if (!name.isEmpty()) {
        boolean micro = (content[at + 13] & STO_ISA) == STO_MICROMIPS;
        int size = file.getInt(at + 8);
        builder.symbol(new Symbol(name, file.getInt(at + 4), size, kind(type), micro));
      }
    }
  }

  /** The string at {@code offset} of string table {@code table}; nothing when it has no such. */
  private String name(int table, long offset) {
    int end = (int) (section(table, 16) + section(table, 20));
    long start = section(table, 16) + offset;
    if (start >= end) {
      return "";
    }
    int stop = (int) start;
    while (stop < end && content[stop] != 0) {
      stop++;
    }
    return new String(content, (int) start, stop - (int) start, StandardCharsets.UTF_8);
  }

  private static Symbol.Kind kind(int type) {
    return switch (type) {
      case STT_FUNC -> Symbol.Kind.FUNCTION;
      case STT_OBJECT -> Symbol.Kind.OBJECT;
      default -> Symbol.Kind.OTHER;
    };
  }

  // --- numbers

  private int half(int offset) {
    return file.getShort(offset) & 0xFFFF;
  }

  private long word(int offset) {
    return file.getInt(offset) & 0xFFFF_FFFFL;
  }

  /** A field of a section header. */
  private long section(int number, int field) {
    return word((int) word(32) + number * half(46) + field);
  }

  private void refuse(String message) {
    builder.problem(Problem.at(origin, message));
  }
}
