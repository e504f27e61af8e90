package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_double;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The instructions' methods for translated code, made from the bytecode of the originals: loads and
 * stores go to {@link FastAccess}, and where an operation of the FPU would be computed by {@link
 * SoftFloat} or change more of FCSR than Cause, the code leaves its region instead. Cause is left
 * to {@link LateCause}. So an instruction is still said once.
 *
 * <p>An instruction qualifies when it either completes, having changed nothing that the engine
 * keeps in locals, or throws before it has changed anything that executing it again would not
 * change in the same way.
 */
final class FastInsns {
  private static final ClassDesc CPU = Cpu.class.describeConstable().orElseThrow();
  private static final ClassDesc FPU = Fpu.class.describeConstable().orElseThrow();
  private static final ClassDesc SOFT_FLOAT = SoftFloat.class.describeConstable().orElseThrow();
  private static final ClassDesc ACCESS = FastAccess.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc ERROR =
      MethodTypeDesc.of(CD_double, CD_double, CD_double, CD_double);
  private static final ClassDesc EXCEPTION = CpuException.class.describeConstable().orElseThrow();

  /** Classes that access memory or compute with the FPU. */
  private static final List<Class<?>> COPIED =
      List.of(
          FpuArithmetic.class,
          FpuConversions.class,
          MemoryInsns.class,
          FpuInsns.class,
          FpuSingleInsns.class,
          FpuDoubleInsns.class);

  /** Classes whose other instructions only compute, or raise an exception and do nothing. */
  private static final Set<Class<?>> PURE =
      Set.of(
          IntegerInsns.class,
          BranchInsns.class,
          FpuInsns.class,
          FpuSingleInsns.class,
          FpuDoubleInsns.class,
          DspInsns.class,
          DspArithmeticInsns.class,
          DspShiftInsns.class,
          DspAccumulatorInsns.class);

  /** They always raise an exception: nothing is gained by coming back to them. */
  private static final Set<String> ALWAYS_RAISE = Set.of("syscall", "break", "hypcall");

  /** They see more of the FPU than registers. */
  private static final Set<String> CONTROLS = Set.of("cfc1", "ctc1");

  /** Classes with operations of the FPU, which are copied once more for {@link Fpu#DIRECT}. */
  private static final List<Class<?>> REPORTING =
      List.of(
          FpuArithmetic.class, FpuConversions.class, FpuSingleInsns.class, FpuDoubleInsns.class);

  /** Classes with arithmetic, which are copied a third time for operands that are known. */
  private static final List<Class<?>> LOOKING_AT_OPERANDS =
      List.of(FpuArithmetic.class, FpuDoubleInsns.class);

  /** What translated code knows before an operation of the FPU. */
  enum Known {
    NOTHING,
    /** {@link Fpu#DIRECT}: whether a result is exact changes nothing but Cause. */
    DIRECT,
    /** That, and that operands are no subnormal numbers, infinities or NaNs. */
    PLAIN
  }

  /** The names of the copies by those of the originals. */
  private static final Map<Known, Map<ClassDesc, ClassDesc>> NAMES = new EnumMap<>(Known.class);

  /** What an instruction does to memory. */
  enum Access {
    NONE,
    LOAD,
    STORE
  }

  /** Methods that access memory, with their code; it is read by the threads of all translators. */
  private static final Map<String, List<Instruction>> ACCESSES = new HashMap<>();

  /** Methods of {@link FpuDoubleInsns} whose operation looks at its operands. */
  private static final Set<String> LOOKING = new HashSet<>();

  static {
    PURE.forEach(FastInsns::findAccesses);
    findAccesses(MemoryInsns.class);
    findLooking();
    copy(COPIED, Known.NOTHING, Map.of());
    copy(REPORTING, Known.DIRECT, names(Known.NOTHING));
    copy(LOOKING_AT_OPERANDS, Known.PLAIN, names(Known.DIRECT));
  }

  private FastInsns() {}

  /** Whether translated code executes {@code def} here, and not as the interpreter does. */
  static boolean has(InsnDef def) {
    Class<?> owner = def.method().getDeclaringClass();
    boolean accesses = ACCESSES.containsKey(name(def));
    if (owner == MemoryInsns.class) {
      return accesses;
    }
    return PURE.contains(owner)
        && !alwaysRaises(def)
        && !CONTROLS.contains(def.name())
        && (!accesses || COPIED.contains(owner));
  }

  /** Whether {@code def} does nothing but raise an exception. */
  static boolean alwaysRaises(InsnDef def) {
    return ALWAYS_RAISE.contains(def.name());
  }

  /** What {@code def} does to memory, where that is all that it does and here is its place. */
  static Access access(InsnDef def) {
    if (!has(def) || !ACCESSES.containsKey(name(def)) || !accessesOnly(def)) {
      return Access.NONE;
    }
    return def.returns(void.class) ? Access.STORE : Access.LOAD;
  }

  /** Whether the core, which is its first parameter, only serves for the access. */
  private static boolean accessesOnly(InsnDef def) {
    return code(def).stream()
            .filter(e -> e instanceof LoadInstruction load && load.slot() == 0)
            .count()
        == 1;
  }

  /** The code of an instruction that accesses memory: an address, the access, a conversion. */
  static List<Instruction> code(InsnDef def) {
    return Objects.requireNonNull(ACCESSES.get(name(def)));
  }

  private static String name(InsnDef def) {
    return name(def.method().getDeclaringClass(), def.method().getName());
  }

  /** The class that has {@code def}'s method for translated code that knows this. */
  static ClassDesc owner(InsnDef def, Known known) {
    ClassDesc original = desc(def.method().getDeclaringClass());
    return names(known).getOrDefault(original, original);
  }

  private static Map<ClassDesc, ClassDesc> names(Known known) {
    return NAMES.getOrDefault(known, Map.of());
  }

  /**
   * Whether {@code def} completes only when its operands and its result, all doubles, are plain, as
   * {@link Known#PLAIN} says.
   */
  static boolean looks(InsnDef def) {
    return def.method().getDeclaringClass() == FpuDoubleInsns.class
        && LOOKING.contains(def.method().getName());
  }

  private static ClassDesc desc(Class<?> c) {
    return c.describeConstable().orElseThrow();
  }

  /** Copies classes; for others serve the copies that know less. */
  private static void copy(List<Class<?>> classes, Known known, Map<ClassDesc, ClassDesc> others) {
    String prefix = "Knows" + known;
    Map<ClassDesc, ClassDesc> names = new HashMap<>(others);
    classes.forEach(
        c -> names.put(desc(c), ClassDesc.of(c.getPackageName(), prefix + c.getSimpleName())));
    NAMES.put(known, names);
    classes.forEach(c -> copy(c, known));
  }

  private static void copy(Class<?> original, Known known) {
    ClassModel model = parsed(original);
    byte[] copy =
        ClassFile.of()
            .transformClass(
                model,
                names(known).getOrDefault(desc(original), desc(original)),
                ClassTransform.transformingMethodBodies((b, e) -> redirect(b, e, known)));
    try {
      MethodHandles.lookup().defineClass(copy);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("instructions could not be copied", e);
    }
  }

  private static void findAccesses(Class<?> c) {
    parsed(c).methods().stream()
        .filter(FastInsns::accesses)
        .forEach(m -> ACCESSES.put(name(c, m.methodName().stringValue()), instructions(m)));
  }

  private static List<Instruction> instructions(MethodModel method) {
    return method
        .code()
        .orElseThrow()
        .elementStream()
        .filter(Instruction.class::isInstance)
        .map(Instruction.class::cast)
        .toList();
  }

  private static String name(Class<?> c, String method) {
    return c.getSimpleName() + '.' + method;
  }

  /** The class file of {@code c}; a model is for one thread. */
  static ClassModel parsed(Class<?> c) {
    try (InputStream in = c.getResourceAsStream(c.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IllegalStateException(c + " has no class file");
      }
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accesses(MethodModel method) {
    return calls(method, FastInsns::isAccess);
  }

  private static boolean calls(MethodModel method, Predicate<InvokeInstruction> which) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(e -> e instanceof InvokeInstruction call && which.test(call));
  }

  private static void findLooking() {
    Set<String> operations =
        parsed(FpuArithmetic.class).methods().stream()
            .filter(m -> calls(m, FastInsns::isLook))
            .map(m -> m.methodName().stringValue() + m.methodType().stringValue())
            .collect(Collectors.toSet());
    parsed(FpuDoubleInsns.class).methods().stream()
        .filter(m -> calls(m, c -> operations.contains(c.name().stringValue() + c.type())))
        .forEach(m -> LOOKING.add(m.methodName().stringValue()));
  }

  /** Whether it asks if an operand is plain. */
  private static boolean isLook(InvokeInstruction call) {
    return call.name().equalsString("usual");
  }

  /** Whether it is the core's load or store. */
  static boolean isAccess(InvokeInstruction call) {
    return call.owner().asSymbol().equals(CPU)
        && call.name().stringValue().matches("(load|store)(8|16|32|64)");
  }

  private static void leave(CodeBuilder b) {
    b.getstatic(ACCESS, "LEAVE", EXCEPTION).athrow();
  }

  /** What an operation reports: nothing but Inexact is left to do here, and that only in part. */
  private static void report(CodeBuilder b, InvokeInstruction call, Known known) {
    switch (call.name().stringValue()) {
      case "exact" -> b.pop();
      case "nearest" -> {
        if (known == Known.NOTHING) {
          b.with(call);
        } else {
          b.pop().iconst_1();
        }
      }
      case "inexact" -> {
        if (known == Known.NOTHING) {
          MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, FPU);
          b.invokestatic(ACCESS, "inexact", type);
        } else {
          b.pop2().pop();
        }
      }
      case "done", "raise", "unimplemented" -> leave(b);
      default -> b.with(call);
    }
  }

  /** Whether it computes how far a result is off, which matters where {@code NOTHING} is known. */
  private static boolean isError(InvokeInstruction call) {
    return call.typeSymbol().equals(ERROR) && call.name().stringValue().matches("error|fma");
  }

  private static void redirect(CodeBuilder b, CodeElement element, Known known) {
    switch (element) {
      case InvokeInstruction call when isAccess(call) -> {
        MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, CPU);
        b.invokestatic(ACCESS, call.name().stringValue(), type);
      }
      case InvokeInstruction call when call.owner().asSymbol().equals(SOFT_FLOAT) -> leave(b);
      case InvokeInstruction call when call.owner().asSymbol().equals(FPU) ->
          report(b, call, known);
      case InvokeInstruction call when known != Known.NOTHING && isError(call) ->
          b.pop2().pop2().pop2().dconst_0();
      case InvokeInstruction call when known == Known.PLAIN && isLook(call) -> b.pop2().iconst_1();
      case InvokeInstruction call -> {
        ClassDesc owner = call.owner().asSymbol();
        ClassDesc copy = names(known).getOrDefault(owner, owner);
        MethodTypeDesc type = call.typeSymbol();
        b.invoke(call.opcode(), copy, call.name().stringValue(), type, call.isInterface());
      }
      case FieldInstruction field -> {
        ClassDesc owner = field.owner().asSymbol();
        ClassDesc copy = names(known).getOrDefault(owner, owner);
        b.fieldAccess(field.opcode(), copy, field.name().stringValue(), field.typeSymbol());
      }
      default -> b.with(element);
    }
  }
}
