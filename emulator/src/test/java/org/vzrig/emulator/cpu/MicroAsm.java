package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Encodes microMIPS instructions from the table's own patterns, for tests. */
final class MicroAsm {
  private final List<Integer> words = new ArrayList<>();
  private int size;

  /** Appends the 32-bit encoding of {@code name}, with its fields as {@link Asm#op} takes them. */
  MicroAsm op(String name, int... fields) {
    return add(e -> e.length() == 4 && e.flags() == 0, name, fields);
  }

  /** Appends the 16-bit encoding. */
  MicroAsm half(String name, int... fields) {
    return add(e -> e.length() == 2 && e.flags() == 0, name, fields);
  }

  /** Appends the encoding without a delay slot. */
  MicroAsm compact(String name, int... fields) {
    return add(MicroEncoding::compact, name, fields);
  }

  /** Appends the encoding that links past a delay slot of 16 bits. */
  MicroAsm shortSlot(int length, String name, int... fields) {
    return add(e -> e.length() == length && e.shortSlot(), name, fields);
  }

  MicroAsm nop() {
    return op("nop");
  }

  /** A 16-bit instruction that does nothing. */
  MicroAsm nop16() {
    return half("addu");
  }

  MicroAsm li(int register, int value) {
    op("lui", 't', register, 'i', value >>> 16);
    return op("ori", 's', register, 't', register, 'i', value & 0xFFFF);
  }

  MicroAsm mtc0(int register, Cp0Reg reg) {
    return op("mtc0", 't', register, 'c', reg.number(), 'e', reg.select());
  }

  MicroAsm mfc0(int register, Cp0Reg reg) {
    return op("mfc0", 't', register, 'c', reg.number(), 'e', reg.select());
  }

  /** A branch to itself. */
  MicroAsm stop() {
    return half("beq", 'i', -1).nop16();
  }

  /** Appends a left-aligned word. */
  MicroAsm word(int word) {
    words.add(word);
    size += InsnTable.microLength(word);
    return this;
  }

  /** Bytes so far. */
  int size() {
    return size;
  }

  byte[] bytes() {
    return Binutils.microBytes(words);
  }

  int last() {
    return words.getLast();
  }

  private MicroAsm add(Predicate<MicroEncoding> kind, String name, int... fields) {
    InsnDef def = InsnTable.MIPS32.named(name);
    for (MicroEncoding encoding : InsnTable.MIPS32.micro()) {
      if (encoding.def().equals(def) && kind.test(encoding)) {
        OptionalInt word = encode(encoding, canonical(def, fields));
        if (word.isPresent()) {
          return word(word.getAsInt());
        }
      }
    }
    throw new IllegalArgumentException("no such encoding of " + name);
  }

  private static int canonical(InsnDef def, int... fields) {
    int word = def.match();
    for (int i = 0; i < fields.length; i += 2) {
      InsnDef.Field field = def.field((char) fields[i]);
      word |= (fields[i + 1] & (int) ((1L << field.width()) - 1)) << field.shift();
    }
    return word;
  }

  /** The word that is decoded to {@code canonical}, found field by field. */
  static OptionalInt encode(MicroEncoding encoding, int canonical) {
    int word = encoding.match();
    for (MicroEncoding.Operand operand : encoding.operands()) {
      word = with(operand, word, canonical);
    }
    boolean found =
        encoding.canonical(word) == canonical
            && InsnTable.MIPS32.decodeMicro(word).equals(encoding);
    return found ? OptionalInt.of(word) : OptionalInt.empty();
  }

  /** Packed fields are narrow enough to try all their values. */
  private static int with(MicroEncoding.Operand operand, int word, int canonical) {
    InsnDef.Field source = operand.source();
    int wanted = operand.target().of(canonical);
    int mask = (int) ((1L << source.width()) - 1);
    int plain = word | (wanted & mask) << source.shift();
    int most = source.width() < 10 ? mask : 0;
    for (int raw = 0; raw <= most; raw++) {
      int tried = raw == 0 ? plain : word | (raw ^ wanted & mask) << source.shift();
      if (operand.place(tried) == wanted << operand.target().shift()) {
        return tried;
      }
    }
    return word;
  }
}
