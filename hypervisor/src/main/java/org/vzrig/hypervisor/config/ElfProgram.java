package org.vzrig.hypervisor.config;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The load segments of a 32-bit little-endian MIPS ELF file: what a {@code .map} file is made of.
 *
 * @param entry where the program starts
 * @param loads its load segments in the file's order
 */
record ElfProgram(int entry, List<Load> loads) {
  private static final int PT_LOAD = 1;
  private static final int EM_MIPS = 8;

  /**
   * A load segment.
   *
   * @param va its address
   * @param memorySize bytes in memory, those that the file does not hold included
   * @param flags 1 execute, 2 write, 4 read
   */
  record Load(int va, int memorySize, int flags) {
    boolean readable() {
      return (flags & 4) != 0;
    }

    boolean writable() {
      return (flags & 2) != 0;
    }

    boolean executable() {
      return (flags & 1) != 0;
    }
  }

  /**
   * Reads the headers.
   *
   * @throws IllegalArgumentException saying what was expected and what was found
   */
  static ElfProgram parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < 52 || bytes.getInt(0) != 0x464C_457F) {
      throw new IllegalArgumentException("expected an ELF file, found something else");
    }
    if (file[4] != 1 || file[5] != 1 || bytes.getShort(18) != EM_MIPS) {
      throw new IllegalArgumentException(
          "expected a 32-bit little-endian MIPS ELF file, found class %d, byte order %d, machine %d"
              .formatted(file[4], file[5], bytes.getShort(18)));
    }
    int table = bytes.getInt(28);
    int entrySize = bytes.getShort(42) & 0xFFFF;
    int count = bytes.getShort(44) & 0xFFFF;
    if (table < 0
        || entrySize < 32 && count > 0
        || table + (long) entrySize * count > file.length) {
      throw new IllegalArgumentException("the ELF file is cut off within its program headers");
    }
    List<Load> loads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = table + i * entrySize;
      if (bytes.getInt(at) == PT_LOAD) {
        loads.add(new Load(bytes.getInt(at + 8), bytes.getInt(at + 20), bytes.getInt(at + 24)));
      }
    }
    return new ElfProgram(bytes.getInt(24), List.copyOf(loads));
  }

  /** The text of the {@code .map} file for this program, in the language of a guest's block. */
  String mapText() {
    StringBuilder text = new StringBuilder("entry = 0x%x\n".formatted(entry));
    if (!loads.isEmpty()) {
      text.append(".mmap\n");
      for (Load load : loads) {
        text.append(mapLine(load));
      }
      text.append(".\n");
    }
    return text.toString();
  }

  private static String mapLine(Load load) {
    if (load.readable() && load.executable() && !load.writable()) {
      return "\trom = 0x%08x 0x%05x rx 4096\n".formatted(load.va(), load.memorySize());
    }
    if (load.readable() && load.writable()) {
      String flags = load.executable() ? "rwx" : "rw";
      return "\tram = 0x%08x 0x%05x %s 4096\n".formatted(load.va(), load.memorySize(), flags);
    }
    return "";
  }
}
