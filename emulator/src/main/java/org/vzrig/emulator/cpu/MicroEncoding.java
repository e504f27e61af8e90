package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A microMIPS encoding of an instruction: 16 or 32 bits with the same letters as the MIPS32 one.
 * Decoding turns it into the MIPS32 word of the same instruction and operands, so that engines and
 * disassembler know one layout for each instruction; only length and delay slot differ.
 *
 * <p>The declaration is {@code pattern; items; syntax}. Items, all optional, are {@code s=29} (the
 * field has this value), {@code s=t} (the same value as another field), {@code i*4} (unsigned and
 * scaled), {@code i~4} (signed and scaled), {@code i:li} (packed as {@link MicroField} says),
 * {@code short} (a link whose delay slot has 16 bits) and {@code compact} (no delay slot). A narrow
 * immediate without an item has a sign unless the instruction takes it without one. The syntax is
 * name and operands, where they are not the instruction's.
 *
 * @param def the instruction
 * @param length 2 or 4 bytes
 * @param mask bits that the pattern fixes, left-aligned: a 16-bit instruction lies in the upper
 *     half of a word
 * @param match their values
 * @param operands where the fields of the MIPS32 word come from
 * @param shortSlot whether its link skips a delay slot of 16 bits
 * @param compact whether it has no delay slot
 * @param syntax name and operands for the disassembler, or empty
 */
record MicroEncoding(
    InsnDef def,
    int length,
    int mask,
    int match,
    List<Operand> operands,
    boolean shortSlot,
    boolean compact,
    String syntax) {

  /** In the upper half of a packed instruction: it has 16 bits. */
  static final int HALF = 1 << 16;

  /** In the upper half of a packed instruction: {@link #shortSlot}. */
  static final int SHORT_SLOT = 1 << 17;

  /** In the upper half of a packed instruction: {@link #compact}. */
  static final int COMPACT = 1 << 18;

  /** Turns the bits of a field into the value. */
  private interface Decoding {
    int of(int raw);
  }

  /** A field of the MIPS32 word and where its value comes from; no source is a constant. */
  record Operand(InsnDef.Field target, InsnDef.Field source, Decoding decoding) {
    int place(int word) {
      int value = decoding.of(source.width() == 0 ? 0 : source.of(word));
      return (value & (int) ((1L << target.width()) - 1)) << target.shift();
    }
  }

  private static final InsnDef.Field NO_FIELD = new InsnDef.Field(0, 0);

  static MicroEncoding of(InsnDef def, String declaration) {
    String[] parts = (declaration + "; ; ").split(";", -1);
    String pattern = parts[0].replace(" ", "");
    if (pattern.length() != 16 && pattern.length() != 32) {
      throw new IllegalStateException(
          def.name() + ": microMIPS pattern has " + pattern.length() + " bits");
    }
    String word = pattern.length() == 32 ? pattern : pattern + ".".repeat(16);
    List<String> items = List.of(parts[1].strip().split(" +", -1));
    return new MicroEncoding(
        def,
        pattern.length() / 8,
        Integer.parseUnsignedInt(word.replace('0', '1').replaceAll("[^1]", "0"), 2),
        Integer.parseUnsignedInt(word.replaceAll("[^1]", "0"), 2),
        operands(def, InsnDef.fields(word), items),
        items.contains("short"),
        items.contains("compact"),
        parts[2].strip());
  }

  private static List<Operand> operands(
      InsnDef def, Map<Character, InsnDef.Field> fields, List<String> items) {
    List<Operand> operands = new ArrayList<>();
    fields.forEach((letter, field) -> operands.add(operand(def, letter, field, items)));
    for (String item : items) {
      if (item.contains("=")) {
        operands.add(given(def, item, fields));
      }
    }
    return List.copyOf(operands);
  }

  private static Operand operand(
      InsnDef def, char letter, InsnDef.Field field, List<String> items) {
    for (String item : items) {
      if (item.startsWith(letter + "*")) {
        int scale = Integer.parseInt(item.substring(2));
        return new Operand(def.field(letter), field, raw -> raw * scale);
      }
      if (item.startsWith(letter + "~")) {
        int scale = Integer.parseInt(item.substring(2));
        int unused = 32 - field.width();
        return new Operand(def.field(letter), field, raw -> (raw << unused >> unused) * scale);
      }
      if (item.startsWith(letter + ":")) {
        MicroField packed = MicroField.valueOf(item.substring(2).toUpperCase(Locale.ROOT));
        return new Operand(def.field(letter), field, packed::decode);
      }
    }
    return new Operand(def.field(letter), field, plain(def, letter, field.width()));
  }

  private static Decoding plain(InsnDef def, char letter, int width) {
    if ("std".indexOf(letter) >= 0 && width == 3) {
      return MicroField.REGISTER::decode;
    }
    boolean signed = letter == 'i' && !def.operands().contains("imm");
    return signed ? raw -> raw << 32 - width >> 32 - width : raw -> raw;
  }

  private static Operand given(InsnDef def, String item, Map<Character, InsnDef.Field> fields) {
    InsnDef.Field target = def.field(item.charAt(0));
    InsnDef.Field same = fields.get(item.charAt(2));
    if (same != null) {
      return new Operand(target, same, plain(def, item.charAt(2), same.width()));
    }
    int value = Integer.parseInt(item.substring(2));
    return new Operand(target, NO_FIELD, raw -> value);
  }

  boolean matches(int word) {
    return (word & mask) == match;
  }

  boolean overlaps(MicroEncoding other) {
    return (mask & other.mask & (match ^ other.match)) == 0;
  }

  /** The MIPS32 word of the same instruction with the operands of {@code word}. */
  int canonical(int word) {
    int canonical = def.match();
    for (Operand operand : operands) {
      canonical |= operand.place(word);
    }
    return canonical;
  }

  /** The kind of delay slot as bits of a packed instruction's upper half. */
  int flags() {
    return (shortSlot ? SHORT_SLOT : 0) | (compact ? COMPACT : 0);
  }
}
