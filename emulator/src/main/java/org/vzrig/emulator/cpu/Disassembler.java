package org.vzrig.emulator.cpu;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Writes instruction words the way GNU objdump does with {@code -M no-aliases}, from the table of
 * instructions.
 */
public final class Disassembler {
  private static final String[] REGISTERS = {
    "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2", "t3", "t4", "t5", "t6",
        "t7",
    "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "s8", "ra"
  };
  private static final String[] CONDITIONS = {
    "f", "un", "eq", "ueq", "olt", "ult", "ole", "ule", "sf", "ngle", "seq", "ngl", "lt", "nge",
    "le", "ngt"
  };

  /** These name control registers of the FPU. */
  private static final Set<String> CONTROL = Set.of("cfc1", "ctc1");

  private static final int HAZARD_BARRIER = 0x10;

  private Disassembler() {}

  /** The o32 name of general register {@code number} (0 to 31). */
  public static String register(int number) {
    return REGISTERS[number];
  }

  /**
   * The MIPS32 instruction {@code word} at {@code address}: name, blank, operands; {@code .word}
   * and the value when it is no instruction.
   */
  public static String disassemble(int word, int address) {
    InsnDef def = InsnTable.MIPS32.decode(word);
    if (def.mask() == 0) {
      return String.format(Locale.ROOT, ".word 0x%x", word);
    }
    StringJoiner operands = new StringJoiner(",");
    for (String token : InsnSyntax.of(def)) {
      operand(def, token, word, address).ifPresent(operands::add);
    }
    String name = name(def, word);
    return operands.length() == 0 ? name : name + " " + operands;
  }

  private static String name(InsnDef def, int word) {
    if (def.name().startsWith("c.*")) {
      return def.name().replace("*", CONDITIONS[def.field('n').of(word)]);
    }
    boolean barrier =
        def.flow().jumps() && def.has('h') && (def.field('h').of(word) & HAZARD_BARRIER) != 0;
    return def.name().replaceFirst("/.*", "") + (barrier ? ".hb" : "");
  }

  private static Optional<String> operand(InsnDef def, String token, int word, int address) {
    int length = token.length();
    if (token.charAt(0) == '=') {
      return Optional.of(token.substring(1));
    }
    if (token.endsWith(")")) {
      String offset = value(def, token.charAt(0), word, address);
      return Optional.of(offset + "(" + value(def, token.charAt(2), word, address) + ")");
    }
    if (length == 2 && token.charAt(1) == '?') {
      char letter = token.charAt(0);
      boolean shown = def.field(letter).of(word) != 0;
      return shown ? Optional.of(value(def, letter, word, address)) : Optional.empty();
    }
    if (token.endsWith("~")) {
      return Optional.of(String.valueOf(signed(def.field(token.charAt(0)), word)));
    }
    if (length == 2) {
      int least = token.charAt(0) == '-' ? def.field('l').of(word) : 0;
      return Optional.of(hex(def.field('m').of(word) - least + 1));
    }
    return Optional.of(value(def, token.charAt(0), word, address));
  }

  private static String value(InsnDef def, char letter, int word, int address) {
    InsnDef.Field field = def.field(letter);
    int raw = field.of(word);
    return switch (letter) {
      case 's', 't', 'd' -> REGISTERS[raw];
      case 'D', 'R', 'S', 'T' -> (CONTROL.contains(def.name()) ? "$" : "$f") + raw;
      case 'y' -> "$fcc" + raw;
      case 'c', 'n' -> "$" + raw;
      case 'e' -> String.valueOf(raw);
      case 'q' -> "$ac" + raw;
      case 'i' -> immediate(def, raw, address);
      case 'j' -> hex(address + 4 & 0xF000_0000 | raw << 2);
      case 'o' -> def.has('i') ? hex(raw) : String.valueOf(signed(field, word));
      default -> hex(raw);
    };
  }

  private static int signed(InsnDef.Field field, int word) {
    return field.of(word) << 32 - field.width() >> 32 - field.width();
  }

  private static String immediate(InsnDef def, int raw, int address) {
    if (def.flow().branches()) {
      return hex(address + 4 + ((short) raw << 2));
    }
    return def.operands().contains("imm") ? hex(raw) : String.valueOf((short) raw);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
