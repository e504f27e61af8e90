package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * The windows that a region reads and writes through, as locals of its method.
 *
 * <p>They may be older than the core's: a window that has grown or moved since is still right. One
 * that is no longer right makes the engine leave ({@link Mmu#flush}), and whoever comes back loads
 * them again.
 */
final class WindowLocals {
  private static final ClassDesc SOFT_TLB = SoftTlb.class.describeConstable().orElseThrow();
  private static final ClassDesc WINDOW = Window.class.describeConstable().orElseThrow();
  private static final ClassDesc BYTES = CD_byte.arrayType();

  /** A window's memory, start, size and offset. */
  private static final int EACH = 4;

  /** Fewer accesses are not worth the loads at the start of a region and after calls. */
  private static final int MANY = 6;

  private final CodeBuilder b;
  private final int cpu;
  private final int first;
  private final boolean used;
  private final boolean reads;
  private final boolean writes;

  /** {@code cpu} is the local that holds the core, {@code first} one that is free for this. */
  WindowLocals(RegionPlan plan, CodeBuilder b, int cpu, int first) {
    this.b = b;
    this.cpu = cpu;
    this.first = first;
    used = worth(plan);
    reads = used && count(plan, FastInsns.Access.LOAD) > 0;
    writes = used && count(plan, FastInsns.Access.STORE) > 0;
  }

  private static long count(RegionPlan plan, FastInsns.Access access) {
    return plan.insns().filter(insn -> FastInsns.access(insn.def()) == access).count();
  }

  /** Whether {@code plan} has enough accesses for windows to be worth their locals. */
  private static boolean worth(RegionPlan plan) {
    return count(plan, FastInsns.Access.LOAD) + count(plan, FastInsns.Access.STORE) >= MANY;
  }

  /** Whether the region has them. */
  boolean used() {
    return used;
  }

  /**
   * Copies the methods that regions call into the class of one: so the JIT sees what happens in
   * that region alone, which mostly is that the window is never missed.
   */
  static void copyMethods(RegionPlan plan, ClassBuilder cb) {
    if (worth(plan)) {
      FastInsns.parsed(FastAccess.class).methods().stream()
          .filter(m -> m.methodTypeSymbol().parameterList().contains(BYTES))
          .forEach(cb::with);
    }
  }

  /** The first local after theirs. */
  int end() {
    return first + 2 * EACH;
  }

  /** Loads what the core has now. */
  void load() {
    if (reads) {
      load("read", first);
    }
    if (writes) {
      load("write", first + EACH);
    }
  }

  private void load(String window, int local) {
    b.aload(cpu).getfield(InsnEmitter.CPU, "soft", SOFT_TLB).getfield(SOFT_TLB, window, WINDOW);
    b.dup().getfield(WINDOW, "memory", BYTES).astore(local);
    b.dup().getfield(WINDOW, "start", CD_int).istore(local + 1);
    b.dup().getfield(WINDOW, "size", CD_int).istore(local + 2);
    b.getfield(WINDOW, "offset", CD_int).istore(local + 3);
  }

  /** Emits {@code call}, an access of the core whose address and value are on the stack. */
  void access(InvokeInstruction call) {
    String name = call.name().stringValue();
    int local = name.startsWith("load") ? first : first + EACH;
    b.aload(cpu).aload(local).iload(local + 1).iload(local + 2).iload(local + 3);
    MethodTypeDesc type = call.typeSymbol();
    int at = type.parameterCount();
    type = type.insertParameterTypes(at, InsnEmitter.CPU, BYTES, CD_int, CD_int, CD_int);
    b.invokestatic(RegionCode.SELF, name, type);
  }
}
