package org.vzrig.emulator.cpu;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Writes instructions of MIPS32 and microMIPS the way GNU objdump does with {@code -M no-aliases},
 * from the table of instructions.
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
   * The instruction {@code word} at {@code address}: name, blank, operands; {@code .word} (or
   * {@code .half}) and the value when it is no instruction.
   *
   * @param word a microMIPS instruction has its first half in the upper half; see {@link #length}
   * @param address bit 0 is the instruction set: set in microMIPS
   */
  public static String disassemble(int word, int address) {
    return (address & 1) == 0
        ? text(InsnTable.MIPS32.decode(word), "", word, new Place(address, address + 4))
        : micro(word, address);
  }

  /** Bytes of the instruction {@code word} at {@code address}: 2 or 4. */
  public static int length(int word, int address) {
    return (address & 1) == 0 ? 4 : InsnTable.microLength(word);
  }

  private static String micro(int word, int address) {
    MicroEncoding encoding = InsnTable.MIPS32.decodeMicro(word);
    int length = length(word, address);
    if (encoding.mask() == 0) {
      return length == 4 ? hexWord(".word", word) : hexWord(".half", word >>> 16);
    }
    Place place = new Place(address, address + length);
    return text(encoding.def(), encoding.syntax(), encoding.canonical(word), place);
  }

  /** Where an instruction stands, and the next one; bit 0 is the instruction set. */
  private record Place(int address, int next) {
    int branch(short offset) {
      return (address & 1) == 0 ? next + (offset << 2) : next + (offset << 1) & ~1;
    }

    int jump(boolean exchange, int field) {
      if (exchange) {
        return (address + 4 & 0xF000_0000 | field << 2) + (~address & 1);
      }
      return (address & 1) == 0
          ? address + 4 & 0xF000_0000 | field << 2
          : address + 4 & 0xF800_0000 | field << 1;
    }
  }

  private static String hexWord(String directive, int word) {
    return String.format(Locale.ROOT, "%s 0x%x", directive, word);
  }

  private static String text(InsnDef def, String syntax, int word, Place place) {
    if (def.mask() == 0) {
      return hexWord(".word", word);
    }
    String[] own = syntax.split(" ", -1);
    List<String> tokens = own.length > 1 ? List.of(own[1].split(",", -1)) : InsnSyntax.of(def);
    StringJoiner operands = new StringJoiner(",");
    for (String token : tokens) {
      operand(def, token, word, place).ifPresent(operands::add);
    }
    String name = name(def, own[0].isEmpty() ? def.name() : own[0], word);
    return operands.length() == 0 ? name : name + " " + operands;
  }

  private static String name(InsnDef def, String name, int word) {
    if (name.startsWith("c.*")) {
      return name.replace("*", CONDITIONS[def.field('n').of(word)]);
    }
    boolean barrier =
        def.flow().jumps() && def.has('h') && (def.field('h').of(word) & HAZARD_BARRIER) != 0;
    return name.replaceFirst("/.*", "") + (barrier ? ".hb" : "");
  }

  private static Optional<String> operand(InsnDef def, String token, int word, Place place) {
    int length = token.length();
    if (token.charAt(0) == '=') {
      return Optional.of(token.substring(1));
    }
    if (token.endsWith(")")) {
      String offset = value(def, token.charAt(0), word, place);
      return Optional.of(offset + "(" + value(def, token.charAt(2), word, place) + ")");
    }
    if (length == 2 && token.charAt(1) == '?') {
      char letter = token.charAt(0);
      boolean shown =
          def.field(letter).of(word) != 0 || def.has('b') && def.field('b').of(word) != 0;
      return shown ? Optional.of(value(def, letter, word, place)) : Optional.empty();
    }
    if (token.endsWith("^")) {
      return Optional.of(list(def, token.charAt(0), word));
    }
    if (token.endsWith("~")) {
      return Optional.of(String.valueOf(signed(def.field(token.charAt(0)), word)));
    }
    if (length == 2) {
      int least = token.charAt(0) == '-' ? def.field('l').of(word) : 0;
      return Optional.of(hex(def.field('m').of(word) - least + 1));
    }
    return Optional.of(value(def, token.charAt(0), word, place));
  }

  private static String value(InsnDef def, char letter, int word, Place place) {
    InsnDef.Field field = def.field(letter);
    int raw = field.of(word);
    return switch (letter) {
      case 's', 't', 'd' -> REGISTERS[raw];
      case 'D', 'R', 'S', 'T' -> (CONTROL.contains(def.name()) ? "$" : "$f") + raw;
      case 'y' -> "$fcc" + raw;
      case 'c', 'n' -> "$" + raw;
      case 'e' -> String.valueOf(raw);
      case 'q' -> "$ac" + raw;
      case 'i' -> immediate(def, raw, place);
      case 'j' -> hex(place.jump(def.name().equals("jalx"), raw));
      case 'p' -> String.valueOf(4 * signed(field, word));
      case 'o' -> def.has('i') ? hex(raw) : String.valueOf(signed(field, word));
      default -> hex(raw);
    };
  }

  /** The destinations of MOVEP, or the list of LWM and SWM. */
  private static String list(InsnDef def, char letter, int word) {
    int raw = def.field(letter).of(word);
    if (letter == 'p') {
      return REGISTERS[MicroInsns.MOVEP_FIRST[raw]] + "," + REGISTERS[MicroInsns.MOVEP_SECOND[raw]];
    }
    StringJoiner list = new StringJoiner(",");
    int saved = Math.min(raw & 0xF, 8);
    if (saved > 0) {
      list.add(saved == 1 ? "s0" : "s0-s" + (saved - 1));
    }
    for (int i = saved; i < MicroInsns.registers(raw); i++) {
      list.add(REGISTERS[MicroInsns.register(raw, i)]);
    }
    return list.toString();
  }

  private static int signed(InsnDef.Field field, int word) {
    return field.of(word) << 32 - field.width() >> 32 - field.width();
  }

  private static String immediate(InsnDef def, int raw, Place place) {
    if (def.flow().branches()) {
      return hex(place.branch((short) raw));
    }
    return def.operands().contains("imm") ? hex(raw) : String.valueOf((short) raw);
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }
}
