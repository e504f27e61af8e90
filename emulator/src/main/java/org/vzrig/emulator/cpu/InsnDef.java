package org.vzrig.emulator.cpu;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One instruction, as its {@link Insn} method declares it.
 *
 * @param id index in the table, from 1; 0 means "not decoded yet"
 * @param name assembler's name
 * @param method what it does
 * @param mask bits that the pattern fixes
 * @param match their values
 * @param fields the pattern's letters
 * @param asm operands in the assembler's order, empty where {@link InsnSyntax} has to find it
 * @param flow what it does to the program counter
 * @param refines names of the methods whose encodings it is taken out of
 * @param rare whether the interpreter keeps it out of its main switch
 * @param mips32 whether MIPS32 has it
 * @param micro its microMIPS encodings, for {@link MicroEncoding}
 */
record InsnDef(
    int id,
    String name,
    Method method,
    int mask,
    int match,
    Map<Character, Field> fields,
    String asm,
    Flow flow,
    Set<String> refines,
    boolean rare,
    boolean mips32,
    List<String> micro) {

  /** A field of an instruction word. */
  record Field(int shift, int width) {
    int of(int word) {
      return word >>> shift & (int) ((1L << width) - 1);
    }
  }

  static InsnDef of(int id, Method method) {
    Insn insn = method.getAnnotation(Insn.class);
    String pattern = (insn.value().isEmpty() ? layout(insn) : insn.value()).replace(" ", "");
    if (pattern.length() != 32) {
      throw new IllegalStateException(
          method.getName() + ": pattern has " + pattern.length() + " bits");
    }
    Flow flow = insn.flow();
    if (flow == Flow.NEXT && method.getReturnType() == boolean.class) {
      flow = Flow.BRANCH;
    }
    return new InsnDef(
        id,
        insn.name().isEmpty() ? method.getName() : insn.name(),
        method,
        Integer.parseUnsignedInt(pattern.replace('0', '1').replaceAll("[^1]", "0"), 2),
        Integer.parseUnsignedInt(pattern.replaceAll("[^1]", "0"), 2),
        fields(pattern),
        insn.asm(),
        flow,
        Set.of(insn.refines()),
        method.getDeclaringClass().isAnnotationPresent(Rare.class),
        !insn.value().isEmpty(),
        List.of(insn.micro()));
  }

  /**
   * The word that microMIPS instructions without a MIPS32 encoding are decoded to: the fields of
   * the first pattern, registers in five bits, and an immediate in the lower half.
   */
  private static String layout(Insn insn) {
    Map<Character, Field> fields = fields(insn.micro()[0].replaceAll(";.*| ", ""));
    StringBuilder pattern = new StringBuilder();
    for (Map.Entry<Character, Field> field : new TreeMap<>(fields).entrySet()) {
      char letter = field.getKey();
      int width = "std".indexOf(letter) >= 0 ? 5 : field.getValue().width();
      pattern.append(letter == 'i' ? "" : String.valueOf(letter).repeat(width));
    }
    pattern.append(fields.containsKey('i') ? "i".repeat(16) : "");
    return "0".repeat(32 - pattern.length()) + pattern;
  }

  /** The fields of a pattern, whose first character is the word's highest bit. */
  static Map<Character, Field> fields(String pattern) {
    Map<Character, Field> fields = new HashMap<>();
    for (int start = 0; start < pattern.length(); ) {
      char letter = pattern.charAt(start);
      int end = start;
      while (end < pattern.length() && pattern.charAt(end) == letter) {
        end++;
      }
      if (Character.isLetter(letter)
          && fields.put(letter, new Field(32 - end, end - start)) != null) {
        throw new IllegalStateException("field " + letter + " is split in " + pattern);
      }
      start = end;
    }
    return Map.copyOf(fields);
  }

  boolean matches(int word) {
    return (word & mask) == match;
  }

  boolean overlaps(InsnDef other) {
    return (mask & other.mask & (match ^ other.match)) == 0;
  }

  Field field(char letter) {
    Field field = fields.get(letter);
    if (field == null) {
      throw new IllegalStateException(name + " has no field " + letter);
    }
    return field;
  }

  boolean has(char letter) {
    return fields.containsKey(letter);
  }

  /** The register field that an int result goes to. */
  char destination() {
    return has('d') ? 'd' : 't';
  }

  /** Whether it works on the register array: locals that hold registers have to be there first. */
  boolean touchesRegisters() {
    return operands().contains("gpr");
  }

  boolean touchesCpu() {
    return List.of(method.getParameterTypes()).contains(Cpu.class) || usesFpu();
  }

  /** Whether it works on values of the FPU, and so needs the right to use it. */
  boolean usesFpu() {
    return reports() || returnsFpu() || parameters().stream().anyMatch(InsnDef::ofFpu);
  }

  /** Whether its operation reports exceptions in FCSR. */
  boolean reports() {
    return List.of(method.getParameterTypes()).contains(Fpu.class);
  }

  /** Whether its result goes to an FPU register. */
  boolean returnsFpu() {
    return returns(float.class)
        || returns(double.class)
        || returns(long.class) && parameters().stream().anyMatch(InsnDef::ofFpu);
  }

  private static boolean ofFpu(Parameter parameter) {
    boolean register = parameter.getName().matches("f[sdtr]");
    return register && parameter.getType() != int.class || parameter.getName().equals("cc");
  }

  /** The register field that a result of the FPU goes to. */
  char fpuDestination() {
    return has('D') ? 'D' : has('T') ? 'T' : 'S';
  }

  boolean returns(Class<?> type) {
    return method.getReturnType() == type;
  }

  List<Parameter> parameters() {
    return List.of(method.getParameters());
  }

  List<String> operands() {
    return parameters().stream().map(Parameter::getName).toList();
  }

  /** Whether the word does nothing: a result without side effects that goes to r0. */
  boolean discards(int word) {
    return returns(int.class)
        && !flow.jumps()
        && !touchesCpu()
        && field(destination()).of(word) == 0;
  }
}
