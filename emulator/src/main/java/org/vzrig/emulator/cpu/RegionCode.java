package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a region's method: its locals, how it is entered, how it calls other regions, and
 * how it is left. The instructions in between are the business of {@link Translator}.
 *
 * <p>Code that is seldom executed stands behind the blocks: stubs, each of which says where the
 * core is, and a few exits that store the state and return.
 */
abstract class RegionCode {
  static final ClassDesc CPU = InsnEmitter.CPU;
  private static final ClassDesc INTS = CD_int.arrayType();
  private static final ClassDesc PAGE = CodePage.class.describeConstable().orElseThrow();
  private static final ClassDesc REGION = Region.class.describeConstable().orElseThrow();
  static final ClassDesc BODY = Region.Body.class.describeConstable().orElseThrow();
  private static final ClassDesc EXCEPTION = CpuException.class.describeConstable().orElseThrow();
  static final ClassDesc SELF = ClassDesc.of(Cpu.class.getPackageName(), "TranslatedRegion");
  static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_int, CPU, INTS, PAGE);
  private static final MethodTypeDesc AT = MethodTypeDesc.of(BODY, CPU, CD_int);
  private static final MethodTypeDesc IN = MethodTypeDesc.of(BODY, PAGE, CPU, CD_int);
  private static final MethodTypeDesc GOES_ON =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, BODY, CPU, PAGE, CD_int);
  private static final ClassDesc MODE = Mode.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc AWAY = MethodTypeDesc.of(CD_int, CPU, CD_int, MODE);
  private static final MethodTypeDesc MISFIT = MethodTypeDesc.of(CD_void, PAGE, CPU, CD_int);
  private static final MethodTypeDesc AGAIN = MethodTypeDesc.of(ConstantDescs.CD_boolean, CPU);

  static final int CPU_LOCAL = 1;
  static final int GPR = 2;
  private static final int PAGE_LOCAL = 3;
  static final int N = 4;
  static final int LIMIT = 5;
  static final int CONDITION = 6;
  static final int TARGET = 7;
  static final int BODY_LOCAL = 8;
  private static final int THROWN = 9;
  static final int MODE_LOCAL = 10;
  static final int FIRST_REGISTER = 11;

  final RegionPlan plan;
  final CodeBuilder b;
  final RegisterLocals registers;
  final FpuLocals floats;
  final WindowLocals windows;
  final Map<Integer, Label> labels = new HashMap<>();
  final List<Runnable> stubs = new ArrayList<>();
  final boolean beyond;
  final Label chain;
  final Label goOn;
  final Label miss;

  /** As {@link #miss}, when the FPU knows the last operation. */
  final Label settled;

  final Label tooShort;
  final Label raised;
  final Label misfit;

  RegionCode(RegionPlan plan, CodeBuilder b) {
    this.plan = plan;
    this.b = b;
    beyond = plan.beyond() != null;
    registers = new RegisterLocals(plan, b, CPU_LOCAL, GPR, FIRST_REGISTER);
    windows = new WindowLocals(plan, b, CPU_LOCAL, registers.end());
    floats = new FpuLocals(plan, b, CPU_LOCAL, windows.end(), plan.fpuMode());
    plan.blocks().keySet().forEach(pc -> labels.put(pc, b.newLabel()));
    chain = b.newLabel();
    goOn = b.newLabel();
    miss = b.newLabel();
    settled = b.newLabel();
    tooShort = b.newLabel();
    raised = b.newLabel();
    misfit = b.newLabel();
  }

  /** A region that goes on in the next page looks for that page before anything else. */
  void checkBeyond() {
    Label there = b.newLabel();
    b.aload(0).aload(CPU_LOCAL).aload(PAGE_LOCAL).loadConstant(plan.start());
    b.invokestatic(REGION, "goesOn", GOES_ON).ifne(there);
    b.loadConstant(Region.GO_ON).ireturn();
    b.labelBinding(there);
  }

  /** Loads what others may have changed. */
  void counters() {
    get("n").istore(N);
    get("limit").istore(LIMIT);
    windows.load();
  }

  /** Emits code whose exceptions go to {@code handler}. */
  void guarded(Runnable code, Label handler) {
    Label start = b.newBoundLabel();
    code.run();
    b.exceptionCatch(start, b.newBoundLabel(), handler, EXCEPTION);
  }

  void noteMode() {
    b.aload(CPU_LOCAL).getfield(CPU, "mode", MODE).astore(MODE_LOCAL);
  }

  void noteThrown() {
    b.astore(THROWN);
    b.aload(CPU_LOCAL).aload(THROWN).putfield(CPU, "thrown", EXCEPTION);
  }

  /**
   * Leaves for whatever is to be done after {@code insn}; when that comes back, and the budget
   * still reaches for the rest of the block, goes on at {@code on}.
   */
  void away(RegionPlan.Block block, RegionPlan.Insn insn, int position, Label on) {
    registers.store();
    floats.storeLate();
    b.aload(CPU_LOCAL).loadConstant(insn.next()).aload(MODE_LOCAL);
    b.invokestatic(REGION, "away", AWAY).istore(CONDITION);
    Label back = b.newLabel();
    b.iload(CONDITION).loadConstant(Region.BACK).if_icmpeq(back);
    b.iload(CONDITION).ireturn();
    b.labelBinding(back);
    b.aload(CPU_LOCAL).aload(PAGE_LOCAL).putfield(CPU, "codePage", PAGE);
    registers.load();
    floats.load();
    get("n").loadConstant(position).isub().istore(N);
    get("limit").istore(LIMIT);
    windows.load();
    b.iload(N).loadConstant(block.length()).iadd();
    b.iload(LIMIT).if_icmple(on);
    leave(insn.next(), position, tooShort);
  }

  void spill(int pc, int position, boolean slot) {
    if (beyond) {
      page(pc);
    }
    b.aload(CPU_LOCAL).loadConstant(pc).putfield(CPU, "pc", CD_int);
    b.aload(CPU_LOCAL).iload(N).loadConstant(position).iadd();
    if (slot) {
      b.dup_x1().putfield(CPU, "n", CD_int);
      b.aload(CPU_LOCAL).swap().putfield(CPU, "delaySlot", CD_int);
    } else {
      b.putfield(CPU, "n", CD_int);
    }
  }

  /** The core knows the page of the instruction that it sees. */
  private void page(int pc) {
    b.aload(CPU_LOCAL);
    if (plan.inNext(pc)) {
      b.aload(0).getfield(BODY, "beyond", PAGE);
    } else {
      b.aload(PAGE_LOCAL);
    }
    b.putfield(CPU, "codePage", PAGE);
  }

  /** Calls the region at {@code target}, or at {@code cpu.pc}; goes on when it returns to pc. */
  void call(@Nullable Integer target, int pc) {
    Label none = b.newLabel();
    Label elsewhere = b.newLabel();
    storeState();
    if (target != null && target == plan.start()) {
      callSelf(none);
    } else if (target != null && !beyond && ((target ^ pc) & (SoftTlb.PAGE | 1)) == 0) {
      b.aload(PAGE_LOCAL).aload(CPU_LOCAL).loadConstant(target).invokestatic(REGION, "in", IN);
      run(none, () -> b.aload(PAGE_LOCAL));
    } else {
      next(none);
    }
    b.istore(CONDITION);
    b.iload(CONDITION).ifne(elsewhere);
    get("pc").loadConstant(pc).if_icmpne(none);
    b.aload(CPU_LOCAL).aload(PAGE_LOCAL).putfield(CPU, "codePage", PAGE);
    registers.load();
    floats.load();
    counters();
    goTo(pc);
    b.labelBinding(elsewhere);
    b.iload(CONDITION).ireturn();
    b.labelBinding(none);
    b.loadConstant(Region.GO_ON).ireturn();
  }

  private void callSelf(Label none) {
    b.aload(CPU_LOCAL).invokestatic(REGION, "again", AGAIN).ifeq(none);
    b.aload(0).aload(CPU_LOCAL).aload(GPR).aload(PAGE_LOCAL).invokevirtual(SELF, "run", RUN);
    goBack();
  }

  /** Runs the region at {@code cpu.pc}, if there is one, and leaves its result on the stack. */
  private void next(Label none) {
    b.aload(CPU_LOCAL);
    get("pc").invokestatic(REGION, "at", AT);
    run(none, () -> b.aload(CPU_LOCAL).getfield(CPU, "codePage", PAGE));
  }

  private void run(Label none, Runnable page) {
    b.astore(BODY_LOCAL);
    b.aload(BODY_LOCAL).ifnull(none);
    b.aload(BODY_LOCAL).aload(CPU_LOCAL).aload(GPR);
    page.run();
    b.invokevirtual(BODY, "run", RUN);
    goBack();
  }

  private void goBack() {
    b.aload(CPU_LOCAL).dup().getfield(CPU, "depth", CD_int);
    b.iconst_1().isub().putfield(CPU, "depth", CD_int);
  }

  /** Goes on at {@code pc}: in the region, or outside. */
  void goTo(int pc) {
    Label inside = labels.get(pc);
    b.goto_(inside != null ? inside : leaving(pc, 0, chain));
  }

  // --- leaving

  void storeState() {
    registers.store();
    floats.storeLate();
    b.aload(CPU_LOCAL).iload(N).putfield(CPU, "n", CD_int);
  }

  /** Where all jumps out of the region go on. */
  void chain() {
    Label none = b.newLabel();
    b.labelBinding(chain);
    storeState();
    next(none);
    b.ireturn();
    b.labelBinding(none);
    b.loadConstant(Region.GO_ON).ireturn();
  }

  void exits() {
    exit(goOn, Region.GO_ON);
    exit(miss, Region.MISS);
    b.labelBinding(settled);
    registers.store();
    b.aload(CPU_LOCAL).iload(N).putfield(CPU, "n", CD_int);
    b.loadConstant(Region.MISS).ireturn();
    exit(tooShort, Region.SHORT);
    b.labelBinding(raised);
    noteThrown();
    registers.store();
    floats.storeLate();
    b.loadConstant(Region.RAISED).ireturn();
    b.labelBinding(misfit);
    b.aload(PAGE_LOCAL).aload(CPU_LOCAL).loadConstant(plan.start());
    b.invokestatic(REGION, "misfit", MISFIT).goto_(miss);
  }

  private void exit(Label label, int how) {
    b.labelBinding(label);
    storeState();
    b.loadConstant(how).ireturn();
  }

  /**
   * Code out of line that leaves with {@code executed} more instructions counted, to go on at
   * {@code pc}.
   */
  Label leaving(int pc, int executed, Label how) {
    Label label = b.newLabel();
    stubs.add(
        () -> {
          b.labelBinding(label);
          leave(pc, executed, how);
        });
    return label;
  }

  /** The handler of an instruction that the interpreter has to execute. */
  Label missing(int pc, int executed) {
    Label label = b.newLabel();
    int last = floats.last();
    stubs.add(
        () -> {
          b.labelBinding(label);
          b.pop();
          if (last != 0) {
            floats.storeLast(last);
          }
          leave(pc, executed, last != 0 ? settled : miss);
        });
    return label;
  }

  void leave(int pc, int executed, Label how) {
    b.aload(CPU_LOCAL).loadConstant(pc).putfield(CPU, "pc", CD_int);
    if (executed > 0) {
      b.iinc(N, executed);
    }
    b.goto_(how);
  }

  CodeBuilder get(String field) {
    return b.aload(CPU_LOCAL).getfield(CPU, field, CD_int);
  }
}
