package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Translates a region to a JVM method in which registers are locals.
 *
 * <p>Budgets end where the interpreter's do: a block runs only when the budget reaches for all of
 * it (otherwise the interpreter finishes), and after every access that may have shortened the
 * budget the code leaves at that instruction.
 *
 * <p>Instructions of {@link FastInsns} see nothing of the core but memory; when one throws, the
 * code leaves at it and the interpreter executes it. Before every other method that can see the
 * core, pc and count are written to it; what it throws is handed to the dispatcher.
 *
 * <p>A call becomes a call of the region at its target. When that comes back to the return address,
 * the caller goes on; otherwise it returns as well. Jumps out of the region go on in the region
 * there in the same way.
 */
final class Translator {
  /** The design's size of a generated method; well below what HotSpot refuses to compile. */
  static final int LARGEST = 5000;

  private static final ClassDesc CPU = InsnEmitter.CPU;
  private static final ClassDesc INTS = CD_int.arrayType();
  private static final ClassDesc PAGE = CodePage.class.describeConstable().orElseThrow();
  private static final ClassDesc REGION = Region.class.describeConstable().orElseThrow();
  private static final ClassDesc BODY = Region.Body.class.describeConstable().orElseThrow();
  private static final ClassDesc EXCEPTION = CpuException.class.describeConstable().orElseThrow();
  private static final ClassDesc SELF =
      ClassDesc.of(Cpu.class.getPackageName(), "TranslatedRegion");
  private static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_int, CPU, INTS, PAGE);
  private static final MethodTypeDesc AT = MethodTypeDesc.of(BODY, CPU, CD_int);
  private static final MethodTypeDesc IN = MethodTypeDesc.of(BODY, PAGE, CPU, CD_int);
  private static final MethodTypeDesc GOES_ON =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, BODY, CPU, PAGE, CD_int);
  private static final ClassDesc MODE = Mode.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc AWAY = MethodTypeDesc.of(CD_int, CPU, CD_int, MODE);
  private static final MethodTypeDesc MISFIT = MethodTypeDesc.of(CD_void, PAGE, CPU, CD_int);
  private static final MethodTypeDesc AGAIN = MethodTypeDesc.of(ConstantDescs.CD_boolean, CPU);

  private static final int CPU_LOCAL = 1;
  private static final int GPR = 2;
  private static final int PAGE_LOCAL = 3;
  private static final int N = 4;
  private static final int LIMIT = 5;
  private static final int CONDITION = 6;
  private static final int TARGET = 7;
  private static final int BODY_LOCAL = 8;
  private static final int THROWN = 9;
  private static final int MODE_LOCAL = 10;
  private static final int FIRST_REGISTER = 11;

  private static final int RETURN_REGISTER = 31;

  private final RegionPlan plan;
  private final CodeBuilder b;
  private final RegisterLocals registers;
  private final FpuLocals floats;
  private final Map<Integer, Label> labels = new HashMap<>();
  private final List<Runnable> stubs = new ArrayList<>();
  private final boolean beyond;
  private final Label chain;
  private final Label goOn;
  private final Label miss;

  /** As {@link #miss}, when the FPU knows the last operation. */
  private final Label settled;

  private final Label tooShort;
  private final Label raised;
  private final Label misfit;

  /** Whether the block has looked if the FPU is as the region assumes. */
  private boolean fpuReady;

  private Translator(RegionPlan plan, CodeBuilder b) {
    this.plan = plan;
    this.b = b;
    beyond = plan.beyond() != null;
    registers = new RegisterLocals(plan, b, CPU_LOCAL, GPR, FIRST_REGISTER);
    floats = new FpuLocals(plan, b, CPU_LOCAL, registers.end(), plan.fpuMode());
    plan.blocks().keySet().forEach(pc -> labels.put(pc, b.newLabel()));
    chain = b.newLabel();
    goOn = b.newLabel();
    miss = b.newLabel();
    settled = b.newLabel();
    tooShort = b.newLabel();
    raised = b.newLabel();
    misfit = b.newLabel();
  }

  /** Carries out {@code plan}; null when it is too large. Any thread. */
  static Region.@Nullable Body translate(RegionPlan plan) {
    byte[] bytes = bytes(plan);
    return codeLength(bytes) <= LARGEST ? load(bytes) : null;
  }

  /** Bytes of code of the generated method. */
  static int codeLength(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .mapToInt(m -> m.findAttribute(Attributes.code()).orElseThrow().codeLength())
        .max()
        .orElseThrow();
  }

  static byte[] bytes(RegionPlan plan) {
    return ClassFile.of()
        .build(
            SELF,
            cb -> {
              cb.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
              cb.withSuperclass(BODY);
              cb.withMethodBody(
                  INIT_NAME,
                  MTD_void,
                  0,
                  b -> b.aload(0).invokespecial(BODY, INIT_NAME, MTD_void).return_());
              cb.withMethodBody("run", RUN, 0, b -> new Translator(plan, b).emit());
            });
  }

  private static Region.Body load(byte[] bytes) {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(bytes, true);
      return (Region.Body)
          lookup.findConstructor(lookup.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("translated code could not be loaded", e);
    }
  }

  // --- the method

  private void emit() {
    if (beyond) {
      checkBeyond();
    }
    registers.load();
    floats.begin();
    floats.load();
    b.iconst_0().istore(TARGET);
    b.iconst_0().istore(CONDITION);
    b.aconst_null().astore(BODY_LOCAL);
    b.aconst_null().astore(MODE_LOCAL);
    counters();
    b.goto_(label(plan.start()));
    List.copyOf(plan.blocks().values()).forEach(this::block);
    for (int i = 0; i < stubs.size(); i++) {
      stubs.get(i).run();
    }
    chain();
    exits();
  }

  /** A region that goes on in the next page looks for that page before anything else. */
  private void checkBeyond() {
    Label there = b.newLabel();
    b.aload(0).aload(CPU_LOCAL).aload(PAGE_LOCAL).loadConstant(plan.start());
    b.invokestatic(REGION, "goesOn", GOES_ON).ifne(there);
    b.loadConstant(Region.GO_ON).ireturn();
    b.labelBinding(there);
  }

  /** Loads what others may have changed. */
  private void counters() {
    get("n").istore(N);
    get("limit").istore(LIMIT);
  }

  private Label label(int pc) {
    Label label = labels.get(pc);
    if (label == null) {
      throw new IllegalStateException("no block at " + Integer.toHexString(pc));
    }
    return label;
  }

  private void block(RegionPlan.Block block) {
    b.labelBinding(label(block.pc()));
    b.iload(N).loadConstant(block.length()).iadd();
    b.iload(LIMIT).if_icmpgt(leaving(block.pc(), 0, tooShort));
    lookAgain();
    int position = 0;
    for (RegionPlan.Insn insn : block.body()) {
      position++;
      if (insn.def().flow() == Flow.END) {
        end(block, insn, position);
      } else if (FastInsns.alwaysRaises(insn.def())) {
        raise(block, insn, position);
      } else {
        instruction(insn, insn.pc(), position, position - 1, false);
        if (seesCore(insn) && position < block.length()) {
          b.iload(N).loadConstant(position).iadd();
          b.iload(LIMIT).if_icmpge(leaving(insn.next(), position, goOn));
        }
      }
    }
    RegionPlan.Insn branch = block.branch();
    RegionPlan.Insn slot = block.slot();
    if (branch == null) {
      b.iinc(N, block.length());
      goTo(block.end());
    } else if (branch.def().flow().jumps()) {
      jump(branch, slot, block.length());
    } else {
      branch(branch, slot, block.length());
    }
  }

  private boolean fast(RegionPlan.Insn insn) {
    return FastInsns.has(insn.def()) && !plan.accessesDevices(insn.pc());
  }

  /** Whether the instruction may change what the core knows of the budget. */
  private boolean seesCore(RegionPlan.Insn insn) {
    return insn.def().touchesCpu() && !fast(insn);
  }

  /**
   * One instruction.
   *
   * @param restart where the interpreter executes it: at itself, or at the branch before its slot
   * @param position how many instructions of the block have begun with it
   * @param before how many have ended before {@code restart}
   */
  private void instruction(
      RegionPlan.Insn insn, int restart, int position, int before, boolean slot) {
    boolean fast = fast(insn);
    ConstantEmitter emitter = emitter(insn, fast);
    if (emitter.nothing(insn.def())) {
      return;
    }
    if (insn.def().usesFpu() && floats.lacksPair(insn)) {
      b.aconst_null().goto_(missing(restart, before));
      return;
    }
    fpu(insn, restart, before);
    if (!insn.def().touchesCpu()) {
      emitter.execute(insn.def());
    } else if (fast) {
      guarded(() -> emitter.execute(insn.def()), missing(restart, before));
      if (insn.def().reports() && !insn.def().returnsFpu()) {
        floats.note(insn);
      }
    } else {
      floats.storeLate();
      lookAgain();
      spill(insn.pc(), position, slot);
      branchOfSlot(restart, slot);
      guarded(() -> emitter.execute(insn.def()), raised);
      get("limit").istore(LIMIT);
    }
    reload(insn.def());
  }

  private ConstantEmitter emitter(RegionPlan.Insn insn, boolean fast) {
    return new ConstantEmitter(b, CPU_LOCAL, registers, floats, insn, fast);
  }

  /** The first instruction of a block that uses the FPU leaves unless that is as assumed. */
  private void fpu(RegionPlan.Insn insn, int restart, int before) {
    if (insn.def().usesFpu() && !fpuReady) {
      b.aload(CPU_LOCAL).getfield(CPU, "fpu", InsnEmitter.FPU);
      b.getfield(InsnEmitter.FPU, "mode", CD_int);
      floats.mode();
      b.if_icmpne(leaving(restart, before, misfit));
      fpuReady = true;
    }
  }

  /** Others may have changed the FPU, or the code was reached in another way. */
  private void lookAgain() {
    fpuReady = false;
    floats.forget();
  }

  /** In MIPS32 the branch is where it always is. */
  private void branchOfSlot(int branch, boolean slot) {
    if (slot && (branch & 1) != 0) {
      b.aload(CPU_LOCAL).loadConstant(branch).putfield(CPU, "branchPc", CD_int);
    }
  }

  private void reload(InsnDef def) {
    if (def.touchesRegisters()) {
      registers.load();
    }
  }

  /** The delay slot, if the branch has one. */
  private void slot(RegionPlan.Insn branch, RegionPlan.@Nullable Insn slot, int length) {
    if (slot != null) {
      instruction(slot, branch.pc(), length, length - 2, true);
    }
  }

  /** Emits code whose exceptions go to {@code handler}. */
  private void guarded(Runnable code, Label handler) {
    Label start = b.newBoundLabel();
    code.run();
    b.exceptionCatch(start, b.newBoundLabel(), handler, EXCEPTION);
  }

  /** An instruction that may have changed mode, translation and the next address. */
  private void end(RegionPlan.Block block, RegionPlan.Insn insn, int position) {
    noteMode();
    spill(insn.pc(), position, false);
    b.aload(CPU_LOCAL).loadConstant(insn.next()).putfield(CPU, "next", CD_int);
    guarded(() -> emitter(insn, false).execute(insn.def()), raised);
    lookAgain();
    get("limit").istore(LIMIT);
    Label ended = b.newLabel();
    Label told = b.newLabel();
    Label on = b.newLabel();
    stubs.add(
        () -> {
          b.labelBinding(ended);
          b.aload(CPU_LOCAL);
          get("next").putfield(CPU, "pc", CD_int);
          b.iinc(N, position).goto_(goOn);
          b.labelBinding(told);
          b.aload(CPU_LOCAL).loadConstant(insn.next()).putfield(CPU, "pc", CD_int);
          away(block, insn, position, on);
        });
    get("next").loadConstant(insn.next()).if_icmpne(ended);
    b.iload(N).loadConstant(position).iadd().iload(LIMIT).if_icmpge(told);
    b.labelBinding(on);
  }

  /** An instruction that does nothing but raise an exception, whose handler may come back. */
  private void raise(RegionPlan.Block block, RegionPlan.Insn insn, int position) {
    noteMode();
    spill(insn.pc(), position, false);
    Label on = b.newLabel();
    Label thrown = b.newLabel();
    guarded(() -> emitter(insn, false).execute(insn.def()), thrown);
    lookAgain();
    stubs.add(
        () -> {
          b.labelBinding(thrown);
          noteThrown();
          away(block, insn, position, on);
        });
    b.labelBinding(on);
  }

  private void noteMode() {
    b.aload(CPU_LOCAL).getfield(CPU, "mode", MODE).astore(MODE_LOCAL);
  }

  private void noteThrown() {
    b.astore(THROWN);
    b.aload(CPU_LOCAL).aload(THROWN).putfield(CPU, "thrown", EXCEPTION);
  }

  /**
   * Leaves for whatever is to be done after {@code insn}; when that comes back, and the budget
   * still reaches for the rest of the block, goes on at {@code on}.
   */
  private void away(RegionPlan.Block block, RegionPlan.Insn insn, int position, Label on) {
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
    b.iload(N).loadConstant(block.length()).iadd();
    b.iload(LIMIT).if_icmple(on);
    leave(insn.next(), position, tooShort);
  }

  private void spill(int pc, int position, boolean slot) {
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

  // --- control flow

  private void branch(RegionPlan.Insn branch, RegionPlan.@Nullable Insn slot, int length) {
    Flow flow = branch.def().flow();
    ConstantEmitter emitter = emitter(branch, fast(branch));
    int before = length - (slot == null ? 1 : 2);
    fpu(branch, branch.pc(), before);
    if (branch.def().touchesCpu()) {
      guarded(() -> emitter.value(branch.def()), missing(branch.pc(), before));
    } else {
      emitter.value(branch.def());
    }
    b.istore(CONDITION);
    if (flow.links()) {
      registers.set(RETURN_REGISTER, () -> b.loadConstant(branch.returnAddress()));
    }
    Label notTaken = b.newLabel();
    if (branch.always()) {
      slot(branch, slot, length);
      b.iinc(N, length);
      goTo(RegionPlan.branchTarget(branch));
      return;
    }
    if (flow.likely()) {
      b.iload(CONDITION).ifeq(notTaken);
      slot(branch, slot, length);
      b.iinc(N, length);
      goTo(RegionPlan.branchTarget(branch));
      b.labelBinding(notTaken);
      b.iinc(N, length - 1);
    } else {
      slot(branch, slot, length);
      b.iinc(N, length);
      b.iload(CONDITION).ifeq(notTaken);
      goTo(RegionPlan.branchTarget(branch));
      b.labelBinding(notTaken);
    }
    goTo(slot == null ? branch.next() : slot.next());
  }

  private void jump(RegionPlan.Insn jump, RegionPlan.@Nullable Insn slot, int length) {
    InsnDef def = jump.def();
    boolean direct = def.operands().contains("target");
    if (!direct) {
      emitter(jump, false).value(def);
      b.istore(TARGET);
      reload(def);
    }
    if (def.flow().links()) {
      int link = def.has('d') ? def.field('d').of(jump.word()) : RETURN_REGISTER;
      registers.set(link, () -> b.loadConstant(jump.returnAddress()));
    }
    slot(jump, slot, length);
    b.iinc(N, length);
    if (direct && !def.flow().links()) {
      goTo(RegionPlan.jumpTarget(jump));
      return;
    }
    b.aload(CPU_LOCAL);
    if (direct) {
      b.loadConstant(RegionPlan.jumpTarget(jump));
    } else {
      b.iload(TARGET);
    }
    b.putfield(CPU, "pc", CD_int);
    if (def.flow().links()) {
      Integer target = direct ? RegionPlan.jumpTarget(jump) : null;
      call(target, jump.returnAddress());
    } else if (returns(jump)) {
      b.goto_(goOn);
    } else {
      learned(jump);
      b.goto_(chain);
    }
  }

  /** Goes to the places in the region that the jump was seen to go to. */
  private void learned(RegionPlan.Insn jump) {
    List<SwitchCase> cases =
        plan.targets(jump.pc()).stream()
            .filter(labels::containsKey)
            .map(pc -> SwitchCase.of(pc, label(pc)))
            .toList();
    if (!cases.isEmpty()) {
      Label other = b.newLabel();
      b.iload(TARGET).lookupswitch(other, cases);
      b.labelBinding(other);
    }
    b.aload(CPU_LOCAL).loadConstant(jump.pc()).putfield(CPU, "jumpedFrom", CD_int);
    b.aload(CPU_LOCAL).iload(TARGET).putfield(CPU, "jumpedTo", CD_int);
  }

  private static boolean returns(RegionPlan.Insn jump) {
    return jump.def().touchesRegisters()
        || jump.def().has('s') && jump.def().field('s').of(jump.word()) == RETURN_REGISTER;
  }

  /** Calls the region at {@code target}, or at {@code cpu.pc}; goes on when it returns to pc. */
  private void call(@Nullable Integer target, int pc) {
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
  private void goTo(int pc) {
    Label inside = labels.get(pc);
    b.goto_(inside != null ? inside : leaving(pc, 0, chain));
  }

  // --- leaving

  private void storeState() {
    registers.store();
    floats.storeLate();
    b.aload(CPU_LOCAL).iload(N).putfield(CPU, "n", CD_int);
  }

  /** Where all jumps out of the region go on. */
  private void chain() {
    Label none = b.newLabel();
    b.labelBinding(chain);
    storeState();
    next(none);
    b.ireturn();
    b.labelBinding(none);
    b.loadConstant(Region.GO_ON).ireturn();
  }

  private void exits() {
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
  private Label leaving(int pc, int executed, Label how) {
    Label label = b.newLabel();
    stubs.add(
        () -> {
          b.labelBinding(label);
          leave(pc, executed, how);
        });
    return label;
  }

  /** The handler of an instruction that the interpreter has to execute. */
  private Label missing(int pc, int executed) {
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

  private void leave(int pc, int executed, Label how) {
    b.aload(CPU_LOCAL).loadConstant(pc).putfield(CPU, "pc", CD_int);
    if (executed > 0) {
      b.iinc(N, executed);
    }
    b.goto_(how);
  }

  private CodeBuilder get(String field) {
    return b.aload(CPU_LOCAL).getfield(CPU, field, CD_int);
  }
}
