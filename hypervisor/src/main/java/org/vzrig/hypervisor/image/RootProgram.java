package org.vzrig.hypervisor.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The sections of a root program that belong into flash. The link puts notes and unwind tables
 * among them that nothing on the chip reads; tinyVP's start code even expects the initial values of
 * its data where the unwind tables lie. So whole segments will not do.
 */
final class RootProgram {
  private static final Set<String> LEFT_OUT = Set.of(".eh_frame", ".eh_frame_hdr");
  private static final int SHT_PROGBITS = 1;
  private static final int SHT_INIT_ARRAY = 14;
  private static final int SHT_FINI_ARRAY = 15;
  private static final int SHF_ALLOC = 2;
  private static final int PT_LOAD = 1;

  private final byte[] file;
  private final ByteBuffer bytes;

  /**
   * A section.
   *
   * @param name its name
   * @param address its load address
   * @param data its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Section(String name, int address, byte[] data) {}

  private RootProgram(byte[] file) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The sections of an ELF file that is known to be one for this chip.
   *
   * @throws IndexOutOfBoundsException when it is cut off
   */
  static List<Section> sections(byte[] file) {
    return new RootProgram(file).sections();
  }

  private List<Section> sections() {
    int table = bytes.getInt(32);
    int size = bytes.getShort(46) & 0xFFFF;
    int count = bytes.getShort(48) & 0xFFFF;
    int names = bytes.getInt(table + size * (bytes.getShort(50) & 0xFFFF) + 16);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = table + i * size;
      String name = name(names + bytes.getInt(at));
      if (wanted(at) && !LEFT_OUT.contains(name)) {
        sections.add(section(at, name));
      }
    }
    return sections;
  }

  private boolean wanted(int at) {
    int type = bytes.getInt(at + 4);
    boolean code = type == SHT_PROGBITS || type == SHT_INIT_ARRAY || type == SHT_FINI_ARRAY;
    return code && (bytes.getInt(at + 8) & SHF_ALLOC) != 0 && bytes.getInt(at + 20) != 0;
  }

  private Section section(int at, String name) {
    int offset = bytes.getInt(at + 16);
    int length = bytes.getInt(at + 20);
    if (offset < 0 || length < 0 || length > file.length - offset) {
      throw new IndexOutOfBoundsException("section " + name + " lies outside the file");
    }
    byte[] data = Arrays.copyOfRange(file, offset, offset + length);
    return new Section(name, loadAddress(bytes.getInt(at + 12), offset), data);
  }

  /** The load address of a section, which its segment knows. */
  private int loadAddress(int address, int offset) {
    int table = bytes.getInt(28);
    int size = bytes.getShort(42) & 0xFFFF;
    for (int i = 0; i < (bytes.getShort(44) & 0xFFFF); i++) {
      int at = table + i * size;
      int within = offset - bytes.getInt(at + 4);
      if (bytes.getInt(at) == PT_LOAD && within >= 0 && within < bytes.getInt(at + 16)) {
        return bytes.getInt(at + 12) + within;
      }
    }
    return address;
  }

  private String name(int at) {
    int end = at;
    while (bytes.get(end) != 0) {
      end++;
    }
    return new String(file, at, end - at, StandardCharsets.US_ASCII);
  }
}
