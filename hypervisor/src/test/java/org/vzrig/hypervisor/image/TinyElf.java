package org.vzrig.hypervisor.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes small ELF executables: each section is a segment of its own, the last may name a symbol.
 */
final class TinyElf {
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Section(String name, int type, int flags, int address, byte[] data) {}

  private final List<Section> sections = new ArrayList<>();
  private int symbol;
  private String symbolName = "";

  TinyElf section(String name, int address, int... bytes) {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      data[i] = (byte) bytes[i];
    }
    sections.add(new Section(name, 1, 2, address, data));
    return this;
  }

  TinyElf symbol(String name, int address) {
    symbolName = name;
    symbol = address;
    return this;
  }

  byte[] build(int entry) {
    int loads = sections.size();
    List<Section> all = new ArrayList<>(sections);
    all.add(new Section(".symtab", 2, 0, 0, symbols()));
    all.add(
        new Section(
            ".strtab", 3, 0, 0, ("\0" + symbolName + "\0").getBytes(StandardCharsets.US_ASCII)));
    StringBuilder names = new StringBuilder("\0");
    all.forEach(s -> names.append(s.name).append('\0'));
    all.add(
        new Section(
            ".shstrtab",
            3,
            0,
            0,
            names.append(".shstrtab\0").toString().getBytes(StandardCharsets.US_ASCII)));
    ByteBuffer out = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
    int data = 52 + 32 * loads;
    int table = data + all.stream().mapToInt(s -> s.data.length).sum() + 3 & -4;
    header(out, entry, loads, table, all.size());
    int at = data;
    for (Section s : sections) {
      segment(out, s, at);
      at += s.data.length;
    }
    all.forEach(s -> out.put(s.data));
    out.position(table);
    out.put(new byte[40]);
    at = data;
    int name = 1;
    for (Section s : all) {
      int link = s.type == 2 ? all.size() - 1 : 0;
      ints(
          out,
          name,
          s.type,
          s.flags,
          s.address,
          at,
          s.data.length,
          link,
          0,
          1,
          s.type == 2 ? 16 : 0);
      at += s.data.length;
      name += s.name.length() + 1;
    }
    byte[] file = new byte[out.position()];
    out.flip().get(file);
    return file;
  }

  private byte[] symbols() {
    ByteBuffer table = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    ints(table, 0, 0, 0, 0, 1, symbol, 0);
    return table.put((byte) 0x11).put((byte) 0).putShort((short) 1).array();
  }

  private static void header(ByteBuffer out, int entry, int loads, int table, int sections) {
    ints(out, 0x464C457F, 0x00010101, 0, 0, 2 | 8 << 16, 1, entry, 52, table, 0);
    for (int half : new int[] {52, 32, loads, 40, sections + 1, sections}) {
      out.putShort((short) half);
    }
  }

  private static void segment(ByteBuffer out, Section s, int at) {
    ints(out, 1, at, s.address, s.address, s.data.length, s.data.length, 7, 4);
  }

  private static void ints(ByteBuffer out, int... values) {
    for (int value : values) {
      out.putInt(value);
    }
  }
}
