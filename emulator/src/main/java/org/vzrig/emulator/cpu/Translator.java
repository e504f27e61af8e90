package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
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
final class Translator extends RegionCode {
  /** The design's size of a generated method; well below what HotSpot refuses to compile. */
  static final int LARGEST = 5000;

  private static final int RETURN_REGISTER = 31;

  /** Whether the block has looked if the FPU is as the region assumes. */
  private boolean fpuReady;

  private Translator(RegionPlan plan, CodeBuilder b) {
    super(plan, b);
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
              WindowLocals.copyMethods(plan, cb);
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
    return new ConstantEmitter(b, CPU_LOCAL, registers, floats, windows, insn, fast);
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
}
