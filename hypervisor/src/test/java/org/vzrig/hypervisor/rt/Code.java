package org.vzrig.hypervisor.rt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Origin;

/** A small MIPS32 program, assembled by hand for one test. Registers are numbers. */
final class Code {
  static final int T0 = 8;
  static final int T1 = 9;
  static final int T2 = 10;
  static final int T3 = 11;
  static final int S0 = 16;
  static final int S1 = 17;
  static final int S2 = 18;
  static final int S3 = 19;
  static final int S4 = 20;
  static final int K0 = 26;

  private final int base;
  private final List<Integer> words = new ArrayList<>();
  private final Map<String, Integer> labels = new HashMap<>();
  private final Map<Integer, String> fixups = new HashMap<>();

  /** A program at virtual address {@code base}. */
  Code(int base) {
    this.base = base;
  }

  /** Any instruction word. */
  Code word(int word) {
    words.add(word);
    return this;
  }

  Code nop() {
    return word(0);
  }

  Code label(String name) {
    labels.put(name, words.size());
    return this;
  }

  /** Zero words up to {@code offset} from the start. */
  Code at(int offset) {
    while (words.size() * 4 < offset) {
      nop();
    }
    return this;
  }

  Code li(int rt, int value) {
    return word(0x3C000000 | rt << 16 | value >>> 16)
        .word(0x34000000 | rt << 21 | rt << 16 | value & 0xFFFF);
  }

  Code addiu(int rt, int rs, int value) {
    return word(0x24000000 | rs << 21 | rt << 16 | value & 0xFFFF);
  }

  /** A load or store by its opcode. */
  Code memory(int opcode, int rt, int offset, int rs) {
    return word(opcode << 26 | rs << 21 | rt << 16 | offset & 0xFFFF);
  }

  Code lw(int rt, int offset, int rs) {
    return memory(35, rt, offset, rs);
  }

  Code sw(int rt, int offset, int rs) {
    return memory(43, rt, offset, rs);
  }

  Code mfc0(int rt, int rd, int select) {
    return word(0x40000000 | rt << 16 | rd << 11 | select);
  }

  Code mtc0(int rt, int rd, int select) {
    return word(0x40800000 | rt << 16 | rd << 11 | select);
  }

  /** A branch of opcode 4 to 7 to {@code label}; its delay slot is the next instruction. */
  Code branch(int opcode, int rs, int rt, String label) {
    fixups.put(words.size(), label);
    return word(opcode << 26 | rs << 21 | rt << 16);
  }

  /** Endless loop. */
  Code stop() {
    return word(0x1000FFFF).nop();
  }

  Code eret() {
    return word(0x42000018);
  }

  /** WAIT for ever. */
  Code sleep() {
    return word(0x42000020).word(0x1000FFFE).nop();
  }

  /** Writes the program as S-records. */
  Path write(Path directory, String name) throws IOException, ImageException {
    ByteBuffer bytes = ByteBuffer.allocate(words.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < words.size(); i++) {
      String label = fixups.get(i);
      int offset = label == null ? 0 : labels.getOrDefault(label, i) - i - 1;
      bytes.putInt(words.get(i) | offset & 0xFFFF);
    }
    Path file = directory.resolve(name);
    Image image = Image.of(base & 0x1FFFFFFF, bytes.array(), new Origin(name, 0));
    ImageWriter.write(image, file, ImageFormat.SREC, IntUnaryOperator.identity());
    return file;
  }
}
