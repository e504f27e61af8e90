package org.vzrig.boards.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSectionHeader;
import net.fornwall.jelf.ElfSegment;
import net.fornwall.jelf.ElfSymbol;
import net.fornwall.jelf.ElfSymbolTableSection;

/**
 * Reads ELF executables for little-endian MIPS32: the file contents of the load segments at their
 * load (physical) addresses, entry point and symbols.
 */
final class ElfReader {
  /** Instruction set of a symbol, in st_other. */
  private static final int STO_ISA = 0xC0;

  private static final int STO_MICROMIPS = 0x80;

  /** Where the file's header tells of its section headers (System V ABI, ELF header). */
  private static final int SECTION_HEADERS = 32;

  private static final int SECTION_HEADER_SIZE = 46;
  private static final int SECTION_COUNT = 48;
  private static final int SECTION_HEADER_BYTES = 40;
  private static final int SHT_STRTAB = 3;

  private final byte[] content;
  private final Origin origin;
  private final ImageBuilder builder;

  private ElfReader(byte[] content, String file, ImageBuilder builder) {
    this.content = content;
    this.origin = new Origin(file, 0);
    this.builder = builder;
  }

  static void read(byte[] content, String file, ImageBuilder builder) {
    new ElfReader(content, file, builder).read();
  }

  private void read() {
    Optional<String> wrong = wrongTarget().or(this::wrongSection);
    if (wrong.isPresent()) {
      refuse(wrong.get());
      return;
    }
    try {
      ElfFile elf = ElfFile.from(content);
      segments(elf);
      builder.entry((int) elf.e_entry);
      symbols(elf);
    } catch (RuntimeException e) {
      // the library meets damage in a dozen ways, casts and missing objects among them
      damaged(e);
    }
  }

  private void damaged(RuntimeException e) {
    refuse("damaged ELF file: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
  }

  /** What makes the file none of ours, told before the library reads it. */
  private Optional<String> wrongTarget() {
    if (content.length < 52) {
      return Optional.of(
          "truncated: expected an ELF header, found %d bytes".formatted(content.length));
    }
    if (content[4] != ElfFile.CLASS_32) {
      return Optional.of("expected a 32-bit ELF file, found a 64-bit one");
    }
    if (content[5] != ElfFile.DATA_LSB) {
      return Optional.of("expected a little-endian ELF file, found a big-endian one");
    }
    int machine = half(18);
    if (machine != ElfFile.ARCH_MIPS) {
      return Optional.of("expected machine MIPS (8), found %d".formatted(machine));
    }
    int type = half(16);
    return type == ElfFile.ET_EXEC
        ? Optional.empty()
        : Optional.of("expected an executable (type 2), found type %d".formatted(type));
  }

  /**
   * A section that does not lie in the file, before the library makes room for all that it claims
   * to hold.
   */
  private Optional<String> wrongSection() {
    long headers = word(SECTION_HEADERS);
    int size = half(SECTION_HEADER_SIZE);
    for (int i = 0; i < half(SECTION_COUNT); i++) {
      long at = headers + (long) i * size;
      if (at + SECTION_HEADER_BYTES > content.length) {
        return Optional.of(
            "truncated: section header %d stands at %d, the file ends at %d"
                .formatted(i, at, content.length));
      }
      boolean stored = word((int) at + 4) != ElfSectionHeader.SHT_NOBITS;
      long end = word((int) at + 16) + word((int) at + 20);
      if (stored && end > content.length) {
        return Optional.of(
            "truncated: section %d ends at %d, the file at %d".formatted(i, end, content.length));
      }
    }
    return wrongStrings().or(this::wrongHash);
  }

  /** A hash table that claims more entries than its section has room for. */
  private Optional<String> wrongHash() {
    for (int i = 0; i < half(SECTION_COUNT); i++) {
      long type = section(i, 4);
      if (type != ElfSectionHeader.SHT_HASH && type != ElfSectionHeader.SHT_GNU_HASH) {
        continue;
      }
      long at = section(i, 16);
      long room = section(i, 20) / 4;
      long claimed = room < 4 ? Long.MAX_VALUE : Math.max(word((int) at), word((int) at + 4));
      if (claimed > room || type == ElfSectionHeader.SHT_GNU_HASH && word((int) at + 8) > room) {
        return Optional.of(
            "damaged ELF file: expected a hash table of at most %d entries in section %d"
                .formatted(room, i));
      }
    }
    return Optional.empty();
  }

  /** A symbol table whose names are no strings: the library would read them as what they are. */
  private Optional<String> wrongStrings() {
    for (int i = 0; i < half(SECTION_COUNT); i++) {
      long names = section(i, 24);
      boolean table = section(i, 4) == ElfSectionHeader.SHT_SYMTAB;
      if (table && (names >= half(SECTION_COUNT) || section((int) names, 4) != SHT_STRTAB)) {
        return Optional.of(
            "damaged ELF file: expected the names of section %d in a string table, found %d"
                .formatted(i, names));
      }
    }
    return Optional.empty();
  }

  /** A field of a section header. */
  private long section(int number, int field) {
    return word((int) (word(SECTION_HEADERS) + (long) number * half(SECTION_HEADER_SIZE)) + field);
  }

  private long word(int offset) {
    return half(offset) | (long) half(offset + 2) << 16;
  }

  private int half(int offset) {
    return content[offset] & 0xFF | (content[offset + 1] & 0xFF) << 8;
  }

  private void segments(ElfFile elf) {
    List<ElfSegment> loads = elf.segmentsOfType(ElfSegment.PT_LOAD);
    if (loads.isEmpty()) {
      refuse("expected load segments, found none");
    }
    for (ElfSegment load : loads) {
      if (load.p_offset < 0
          || load.p_filesz < 0
          || load.p_offset + load.p_filesz > content.length) {
        builder.problem(
            Problem.at(
                origin,
                (int) load.p_paddr,
                "truncated: the segment's bytes end at %d, the file at %d"
                    .formatted(load.p_offset + load.p_filesz, content.length)));
        continue;
      }
      int from = (int) load.p_offset;
      builder.add(
          (int) load.p_paddr,
          Arrays.copyOfRange(content, from, from + (int) load.p_filesz),
          origin);
    }
  }

  private void symbols(ElfFile elf) {
    ElfSymbolTableSection table =
        (ElfSymbolTableSection) elf.firstSectionByType(ElfSectionHeader.SHT_SYMTAB);
    if (table == null) {
      return;
    }
    for (ElfSymbol symbol : table.symbols) {
      String name = symbol.getName();
      boolean named = name != null && !name.isEmpty();
      if (named && symbol.getType() <= ElfSymbol.STT_FUNC && symbol.st_shndx != 0) {
        builder.symbol(
            new Symbol(
                name,
                (int) symbol.st_value,
                (int) symbol.st_size,
                kind(symbol),
                (symbol.st_other & STO_ISA) == STO_MICROMIPS));
      }
    }
  }

  private static Symbol.Kind kind(ElfSymbol symbol) {
    return switch (symbol.getType()) {
      case ElfSymbol.STT_FUNC -> Symbol.Kind.FUNCTION;
      case ElfSymbol.STT_OBJECT -> Symbol.Kind.OBJECT;
      default -> Symbol.Kind.OTHER;
    };
  }

  private void refuse(String message) {
    builder.problem(Problem.at(origin, message));
  }
}
