package org.vzrig.emulator.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
  private static final ClassDesc EXCEPTION = CpuException.class.describeConstable().orElseThrow();

  /** Classes that access memory or compute with the FPU. */
  private static final List<Class<?>> COPIED =
      List.of(
          FpuArithmetic.class,
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
      List.of(FpuArithmetic.class, FpuSingleInsns.class, FpuDoubleInsns.class);

  private static final Map<ClassDesc, ClassDesc> NAMES = new HashMap<>();
  private static final Map<ClassDesc, ClassDesc> DIRECT_NAMES = new HashMap<>();

  /** Methods of {@link MemoryInsns} that only access memory, and all others that do. */
  private static final Set<String> ACCESSES = new HashSet<>();

  static {
    PURE.forEach(FastInsns::findAccesses);
    findAccesses(MemoryInsns.class);
    COPIED.forEach(c -> NAMES.put(desc(c), renamed(c, "Fast")));
    DIRECT_NAMES.putAll(NAMES);
    REPORTING.forEach(c -> DIRECT_NAMES.put(desc(c), renamed(c, "Direct")));
    COPIED.forEach(c -> copy(c, false));
    REPORTING.forEach(c -> copy(c, true));
  }

  private FastInsns() {}

  /** Whether translated code executes {@code def} here, and not as the interpreter does. */
  static boolean has(InsnDef def) {
    Class<?> owner = def.method().getDeclaringClass();
    boolean accesses = ACCESSES.contains(name(owner, def.method().getName()));
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

  /**
   * The class that has {@code def}'s method for translated code, which is {@code direct} where it
   * assumes {@link Fpu#DIRECT}.
   */
  static ClassDesc owner(InsnDef def, boolean direct) {
    ClassDesc original = desc(def.method().getDeclaringClass());
    return names(direct).getOrDefault(original, original);
  }

  private static Map<ClassDesc, ClassDesc> names(boolean direct) {
    return direct ? DIRECT_NAMES : NAMES;
  }

  private static ClassDesc renamed(Class<?> c, String prefix) {
    return ClassDesc.of(c.getPackageName(), prefix + c.getSimpleName());
  }

  private static ClassDesc desc(Class<?> c) {
    return c.describeConstable().orElseThrow();
  }

  private static void copy(Class<?> original, boolean direct) {
    ClassModel model = ClassFile.of().parse(bytes(original));
    byte[] copy =
        ClassFile.of()
            .transformClass(
                model,
                names(direct).get(desc(original)),
                ClassTransform.transformingMethodBodies((b, e) -> redirect(b, e, direct)));
    try {
      MethodHandles.lookup().defineClass(copy);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("instructions could not be copied", e);
    }
  }

  private static void findAccesses(Class<?> c) {
    ClassFile.of().parse(bytes(c)).methods().stream()
        .filter(FastInsns::accesses)
        .forEach(m -> ACCESSES.add(name(c, m.methodName().stringValue())));
  }

  private static String name(Class<?> c, String method) {
    return c.getSimpleName() + '.' + method;
  }

  private static byte[] bytes(Class<?> c) {
    try (InputStream in = c.getResourceAsStream(c.getSimpleName() + ".class")) {
      if (in == null) {
        throw new IllegalStateException(c + " has no class file");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean accesses(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(e -> e instanceof InvokeInstruction call && isAccess(call));
  }

  private static boolean isAccess(InvokeInstruction call) {
    return call.owner().asSymbol().equals(CPU)
        && call.name().stringValue().matches("(load|store)(8|16|32|64)");
  }

  private static void leave(CodeBuilder b) {
    b.getstatic(ACCESS, "LEAVE", EXCEPTION).athrow();
  }

  /** What an operation reports: nothing but Inexact is left to do here, and that only in part. */
  private static void report(CodeBuilder b, InvokeInstruction call, boolean direct) {
    switch (call.name().stringValue()) {
      case "exact" -> b.pop();
      case "nearest" -> {
        if (direct) {
          b.pop().iconst_1();
        } else {
          b.with(call);
        }
      }
      case "inexact" -> {
        if (direct) {
          b.pop2().pop();
        } else {
          MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, FPU);
          b.invokestatic(ACCESS, "inexact", type);
        }
      }
      case "done", "raise", "unimplemented" -> leave(b);
      default -> b.with(call);
    }
  }

  private static void redirect(CodeBuilder b, CodeElement element, boolean direct) {
    Map<ClassDesc, ClassDesc> names = names(direct);
    switch (element) {
      case InvokeInstruction call when isAccess(call) -> {
        MethodTypeDesc type = call.typeSymbol().insertParameterTypes(0, CPU);
        b.invokestatic(ACCESS, call.name().stringValue(), type);
      }
      case InvokeInstruction call when call.owner().asSymbol().equals(SOFT_FLOAT) -> leave(b);
      case InvokeInstruction call when call.owner().asSymbol().equals(FPU) ->
          report(b, call, direct);
      case InvokeInstruction call when names.containsKey(call.owner().asSymbol()) ->
          b.invoke(
              call.opcode(),
              names.get(call.owner().asSymbol()),
              call.name().stringValue(),
              call.typeSymbol(),
              false);
      case FieldInstruction field when names.containsKey(field.owner().asSymbol()) ->
          b.fieldAccess(
              field.opcode(),
              names.get(field.owner().asSymbol()),
              field.name().stringValue(),
              field.typeSymbol());
      default -> b.with(element);
    }
  }
}
