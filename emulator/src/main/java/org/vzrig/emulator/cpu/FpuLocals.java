package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Parameter;
import java.util.BitSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The FPU registers that a region uses, as locals of its method: elements of the register file, as
 * doubles where doubles are used and else as 64 bits. The region assumes a mode of the FPU.
 *
 * <p>What is written goes to the register file at once: stored where the region is left, values
 * would live to there, and the JIT's register allocation took seconds.
 *
 * <p>Three more locals and a word hold the last operation and its operands, for {@link Fpu#late}.
 */
final class FpuLocals {
  private static final ClassDesc FPU = InsnEmitter.FPU;
  private static final ClassDesc FLOATS = ClassDesc.of("java.lang.Float");
  private static final ClassDesc DOUBLES = ClassDesc.of("java.lang.Double");
  private static final MethodTypeDesc LATE =
      MethodTypeDesc.of(ConstantDescs.CD_void, CD_int, CD_double, CD_double, CD_double);
  private static final String SOURCES = "STR";

  private final CodeBuilder b;
  private final int cpu;
  private final int noted;
  private final int file;
  private final int operands;
  private final int pair;
  private final int mode;
  private final TreeMap<Integer, Integer> locals = new TreeMap<>();
  private final BitSet doubles = new BitSet();
  private final BitSet plain = new BitSet();
  private boolean reports;
  private int last;

  /**
   * The elements that {@code plan} uses.
   *
   * @param cpu the local that holds the core
   * @param first the first local that is free for this
   * @param mode what is assumed of the FPU
   */
  FpuLocals(RegionPlan plan, CodeBuilder b, int cpu, int first, int mode) {
    this.b = b;
    this.cpu = cpu;
    pair = (mode & Fpu.WIDE) != 0 ? -1 : ~1;
    this.mode = mode;
    plan.insns().filter(insn -> insn.def().usesFpu() && !lacksPair(insn)).forEach(this::scan);
    int next = first;
    for (var local : locals.entrySet()) {
      local.setValue(next);
      next += 2;
    }
    operands = next;
    noted = next + 2 * SOURCES.length();
    file = noted + 1;
  }

  private void scan(RegionPlan.Insn insn) {
    InsnDef def = insn.def();
    operands(insn, p -> use(number(insn, letter(p)), p.getType()));
    reports |= def.reports();
    if (def.returnsFpu()) {
      int number = number(insn, def.fpuDestination());
      use(number, def.method().getReturnType());
    }
  }

  private void use(int number, Class<?> type) {
    locals.put(number & pair, 0);
    if (type == double.class) {
      doubles.set(number & pair);
    }
  }

  /** The operands that are values of registers. */
  private static void operands(RegionPlan.Insn insn, Consumer<Parameter> action) {
    insn.def().parameters().stream()
        .filter(p -> p.getName().matches("f[sdtr]") && p.getType() != int.class)
        .forEach(action);
  }

  private static char letter(Parameter parameter) {
    return Character.toUpperCase(parameter.getName().charAt(1));
  }

  private static int number(RegionPlan.Insn insn, char letter) {
    return insn.def().field(letter).of(insn.word());
  }

  /** Whether it is reserved: a double has no odd register where registers are paired. */
  boolean lacksPair(RegionPlan.Insn insn) {
    InsnDef def = insn.def();
    BitSet odd = new BitSet();
    operands(insn, p -> odd.set(0, odd.get(0) || misplaced(insn, letter(p), p.getType())));
    return odd.get(0)
        || def.returnsFpu() && misplaced(insn, def.fpuDestination(), def.method().getReturnType());
  }

  private boolean misplaced(RegionPlan.Insn insn, char letter, Class<?> type) {
    return type == double.class && (number(insn, letter) & ~pair) != 0;
  }

  /** Whether operations need not look whether they are inexact. */
  private boolean direct() {
    return (mode & Fpu.DIRECT) != 0;
  }

  // --- what is known of the registers while a block executes

  /** What the code knows before {@code insn} executes. */
  FastInsns.Known known(RegionPlan.Insn insn) {
    if (!direct()) {
      return FastInsns.Known.NOTHING;
    }
    BitSet others = new BitSet();
    operands(insn, p -> others.set(number(insn, letter(p)) & pair));
    others.andNot(plain);
    boolean known = FastInsns.looks(insn.def()) && others.isEmpty();
    return known ? FastInsns.Known.PLAIN : FastInsns.Known.DIRECT;
  }

  /** {@code insn} has completed, which says something of its operands and result. */
  void learn(RegionPlan.Insn insn) {
    if (FastInsns.looks(insn.def())) {
      operands(insn, p -> plain.set(number(insn, letter(p)) & pair));
      plain.set(number(insn, insn.def().fpuDestination()) & pair);
    }
  }

  /** Others may have written the registers. */
  void forget() {
    plain.clear();
    last = 0;
  }

  /** Pushes the mode to compare with the one on the stack, of which it leaves what matters. */
  void mode() {
    if (!direct() || !reports) {
      b.loadConstant(Fpu.USABLE | Fpu.WIDE).iand();
    }
    b.loadConstant(reports ? mode : mode & ~Fpu.DIRECT);
  }

  // --- the register file

  /** Before anything else: sets the locals that are no registers. */
  void begin() {
    if (!locals.isEmpty()) {
      fpu().getfield(FPU, "reg", CD_long.arrayType()).astore(file);
    }
    if (reports) {
      for (int i = 0; i < SOURCES.length(); i++) {
        b.dconst_0().dstore(operands + 2 * i);
      }
      b.iconst_0().istore(noted);
    }
  }

  /** Loads all. */
  void load() {
    locals.forEach(
        (element, local) -> {
          b.aload(file).bipush(element).laload();
          keep(element, local);
        });
  }

  private CodeBuilder fpu() {
    return b.aload(cpu).getfield(InsnEmitter.CPU, "fpu", FPU);
  }

  // --- the last operation

  /** Notes the operands of {@code insn}, whose operation is done. */
  void note(RegionPlan.Insn insn) {
    operands(
        insn,
        p -> {
          int source = SOURCES.indexOf(letter(p));
          push(number(insn, letter(p)), p.getType());
          if (p.getType() == float.class) {
            b.invokestatic(FLOATS, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float));
            b.i2l()
                .invokestatic(DOUBLES, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
          } else if (p.getType() == long.class) {
            b.invokestatic(DOUBLES, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
          }
          b.dstore(operands + 2 * source);
        });
    b.loadConstant(insn.word()).istore(noted);
    last = insn.word();
  }

  /** The operation that was noted last in this block; 0 when that is not known. */
  int last() {
    return last;
  }

  /** Before something looks at the FPU. */
  void storeLate() {
    if (!reports) {
      return;
    }
    Label none = b.newLabel();
    b.iload(noted).ifeq(none);
    fpu().iload(noted);
    storeOperands();
    b.iconst_0().istore(noted);
    b.labelBinding(none);
  }

  /** The same where the operation is known to be {@link #last}, on the way out. */
  void storeLast(int word) {
    fpu().loadConstant(word);
    storeOperands();
  }

  private void storeOperands() {
    b.dload(operands).dload(operands + 2).dload(operands + 4);
    b.invokevirtual(FPU, "late", LATE);
  }

  // --- single registers

  /** Pushes register {@code number} as float, double or the 64 bits that it lies in. */
  void push(int number, Class<?> type) {
    int element = number & pair;
    if (type == double.class) {
      b.dload(local(element));
      return;
    }
    bits(element);
    if (type == float.class) {
      if ((number & ~pair) != 0) {
        b.bipush(32).lushr();
      }
      b.l2i().invokestatic(FLOATS, "intBitsToFloat", MethodTypeDesc.of(CD_float, CD_int));
    }
  }

  /** Pops a value of this type into register {@code number}. */
  void pop(int number, Class<?> type) {
    int element = number & pair;
    plain.clear(element);
    if (type == double.class) {
      b.dstore(local(element));
    } else {
      if (type == float.class) {
        half(element, (number & ~pair) != 0);
      }
      keep(element, local(element));
    }
    b.aload(file).bipush(element);
    bits(element);
    b.lastore();
  }

  /** Makes of the float on the stack the element with its other half. */
  private void half(int element, boolean upper) {
    b.invokestatic(FLOATS, "floatToRawIntBits", MethodTypeDesc.of(CD_int, CD_float)).i2l();
    if (upper) {
      b.bipush(32).lshl();
    } else {
      b.loadConstant(0xFFFF_FFFFL).land();
    }
    bits(element);
    b.loadConstant(upper ? 0xFFFF_FFFFL : ~0xFFFF_FFFFL).land().lor();
  }

  private void bits(int element) {
    if (doubles.get(element)) {
      b.dload(local(element));
      b.invokestatic(DOUBLES, "doubleToRawLongBits", MethodTypeDesc.of(CD_long, CD_double));
    } else {
      b.lload(local(element));
    }
  }

  private void keep(int element, int local) {
    if (doubles.get(element)) {
      b.invokestatic(DOUBLES, "longBitsToDouble", MethodTypeDesc.of(CD_double, CD_long));
      b.dstore(local);
    } else {
      b.lstore(local);
    }
  }

  private int local(int element) {
    Integer local = locals.get(element);
    if (local == null) {
      throw new IllegalStateException("f" + element + " was not planned");
    }
    return local;
  }
}
