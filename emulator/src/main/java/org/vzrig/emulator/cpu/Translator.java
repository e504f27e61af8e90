package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
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
 * budget the code leaves at that instruction. pc and count are written to the core before every
 * method that can see them; when one throws, the registers are written back on the way out.
 */
final class Translator {
  private static final ClassDesc CPU = InsnEmitter.CPU;
  private static final ClassDesc INTS = CD_int.arrayType();
  private static final ClassDesc REGION = Region.class.describeConstable().orElseThrow();
  private static final ClassDesc BODY = Region.Body.class.describeConstable().orElseThrow();
  private static final ClassDesc EXCEPTION = CpuException.class.describeConstable().orElseThrow();
  private static final ClassDesc SELF =
      ClassDesc.of(Cpu.class.getPackageName(), "TranslatedRegion");

  private static final int CPU_LOCAL = 1;
  private static final int GPR = 2;
  private static final int ENTRY = 3;
  private static final int REGION_LOCAL = 4;
  private static final int N = 5;
  private static final int CONDITION = 6;
  private static final int TARGET = 7;
  private static final int FIRST_REGISTER = 8;

  private final RegionPlan plan;
  private final CodeBuilder b;
  private final RegisterLocals registers;
  private final Map<Integer, Label> labels = new HashMap<>();
  private final List<Runnable> stubs = new ArrayList<>();
  private final Label dispatch;
  private final Label leave;

  private Translator(RegionPlan plan, CodeBuilder b) {
    this.plan = plan;
    this.b = b;
    registers = new RegisterLocals(plan, b, GPR, FIRST_REGISTER);
    plan.blocks().keySet().forEach(pc -> labels.put(pc, b.newLabel()));
    dispatch = b.newLabel();
    leave = b.newLabel();
  }

  /** Translates what is hot around {@code pc}; null when nothing there can be translated. */
  static @Nullable Region translate(CodePage page, int pc) {
    RegionPlan plan = new RegionPlan(page, pc);
    if (!plan.blocks().containsKey(pc)) {
      return null;
    }
    int[] starts = plan.blocks().keySet().stream().mapToInt(CodePage::index).toArray();
    return new Region(pc & SoftTlb.PAGE, starts, plan.words(), load(bytes(plan)));
  }

  static byte[] bytes(RegionPlan plan) {
    return ClassFile.of()
        .build(
            SELF,
            cb -> {
              cb.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
              cb.withInterfaceSymbols(BODY);
              cb.withMethodBody(
                  INIT_NAME,
                  MTD_void,
                  0,
                  b -> b.aload(0).invokespecial(objectClass(), INIT_NAME, MTD_void).return_());
              cb.withMethodBody(
                  "run",
                  MethodTypeDesc.of(CD_void, CPU, INTS, CD_int, REGION),
                  ClassFile.ACC_PUBLIC,
                  b -> new Translator(plan, b).emit());
            });
  }

  private static ClassDesc objectClass() {
    return Object.class.describeConstable().orElseThrow();
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
    Label start = b.newLabel();
    Label end = b.newLabel();
    get("n").istore(N);
    registers.load();
    b.labelBinding(start);
    b.labelBinding(dispatch);
    dispatchTable();
    List<RegionPlan.Block> blocks = List.copyOf(plan.blocks().values());
    for (RegionPlan.Block block : blocks) {
      block(block);
    }
    for (int i = 0; i < stubs.size(); i++) {
      stubs.get(i).run();
    }
    b.labelBinding(end);
    b.labelBinding(leave);
    registers.store();
    b.aload(CPU_LOCAL).iload(N).putfield(CPU, "n", CD_int);
    b.return_();
    Label handler = b.newBoundLabel();
    registers.store();
    b.athrow();
    b.exceptionCatch(start, end, handler, EXCEPTION);
  }

  private void dispatchTable() {
    List<SwitchCase> cases = new ArrayList<>();
    int number = 0;
    for (int pc : plan.blocks().keySet()) {
      cases.add(SwitchCase.of(number++, label(pc)));
    }
    b.iload(ENTRY).tableswitch(0, number - 1, leave, cases);
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
    Label short_ = stub(block.pc(), 0);
    b.iload(N).loadConstant(block.length()).iadd();
    get("limit").if_icmpgt(short_);
    int position = 0;
    for (RegionPlan.Insn insn : block.body()) {
      position++;
      instruction(insn, position, false);
      if (mayShortenBudget(insn.def()) && position < block.length()) {
        b.iload(N).loadConstant(position).iadd();
        get("limit").if_icmpge(stub(insn.pc() + 4, position));
      }
    }
    RegionPlan.Insn branch = block.branch();
    RegionPlan.Insn slot = block.slot();
    if (branch == null || slot == null) {
      b.iinc(N, block.length());
      goTo(block.end());
    } else if (branch.def().flow().jumps()) {
      jump(branch, slot, block.length());
    } else {
      branch(branch, slot, block.length());
    }
  }

  /** Arithmetic and branches see the core only to raise exceptions. */
  private static boolean mayShortenBudget(InsnDef def) {
    Class<?> owner = def.method().getDeclaringClass();
    return def.touchesCpu() && owner != IntegerInsns.class && owner != BranchInsns.class;
  }

  private void instruction(RegionPlan.Insn insn, int position, boolean slot) {
    ConstantEmitter emitter = new ConstantEmitter(b, CPU_LOCAL, registers, insn);
    if (emitter.nothing(insn.def())) {
      return;
    }
    if (insn.def().touchesCpu()) {
      spill(insn.pc(), position, slot);
    }
    emitter.execute(insn.def());
  }

  private void spill(int pc, int position, boolean slot) {
    b.aload(CPU_LOCAL).loadConstant(pc).putfield(CPU, "pc", CD_int);
    b.aload(CPU_LOCAL).iload(N).loadConstant(position).iadd();
    if (slot) {
      b.dup_x1().putfield(CPU, "n", CD_int);
      b.aload(CPU_LOCAL).swap().putfield(CPU, "delaySlot", CD_int);
    } else {
      b.putfield(CPU, "n", CD_int);
    }
  }

  // --- control flow

  private void branch(RegionPlan.Insn branch, RegionPlan.Insn slot, int length) {
    Flow flow = branch.def().flow();
    if (branch.def().touchesCpu()) {
      spill(branch.pc(), length - 1, false);
    }
    new ConstantEmitter(b, CPU_LOCAL, registers, branch).value(branch.def());
    b.istore(CONDITION);
    if (flow.links()) {
      registers.set(31, () -> b.loadConstant(branch.pc() + 8));
    }
    Label notTaken = b.newLabel();
    if (flow.likely()) {
      b.iload(CONDITION).ifeq(notTaken);
      instruction(slot, length, true);
      b.iinc(N, length);
      goTo(RegionPlan.branchTarget(branch));
      b.labelBinding(notTaken);
      b.iinc(N, length - 1);
    } else {
      instruction(slot, length, true);
      b.iinc(N, length);
      b.iload(CONDITION).ifeq(notTaken);
      goTo(RegionPlan.branchTarget(branch));
      b.labelBinding(notTaken);
    }
    goTo(branch.pc() + 8);
  }

  private void jump(RegionPlan.Insn jump, RegionPlan.Insn slot, int length) {
    InsnDef def = jump.def();
    boolean direct = def.has('j');
    if (!direct) {
      new ConstantEmitter(b, CPU_LOCAL, registers, jump).value(def);
      b.istore(TARGET);
    }
    if (def.flow().links()) {
      int link = def.has('d') ? def.field('d').of(jump.word()) : 31;
      registers.set(link, () -> b.loadConstant(jump.pc() + 8));
    }
    instruction(slot, length, true);
    b.iinc(N, length);
    if (direct) {
      goTo(RegionPlan.jumpTarget(jump));
    } else {
      indirect();
    }
  }

  private void indirect() {
    b.aload(CPU_LOCAL).iload(TARGET).putfield(CPU, "pc", CD_int);
    b.aload(REGION_LOCAL).iload(TARGET);
    b.invokevirtual(REGION, "blockAt", MethodTypeDesc.of(CD_int, CD_int)).istore(ENTRY);
    b.iload(ENTRY).iflt(leave);
    b.goto_(dispatch);
  }

  /** Goes on at {@code pc}: in the region, or outside. */
  private void goTo(int pc) {
    Label inside = labels.get(pc);
    b.goto_(inside != null ? inside : stub(pc, 0));
  }

  /**
   * Code out of line that leaves with {@code executed} more instructions counted, to go on at
   * {@code pc}.
   */
  private Label stub(int pc, int executed) {
    Label label = b.newLabel();
    stubs.add(
        () -> {
          b.labelBinding(label);
          b.aload(CPU_LOCAL).loadConstant(pc).putfield(CPU, "pc", CD_int);
          if (executed > 0) {
            b.iinc(N, executed);
          }
          b.goto_(leave);
        });
    return label;
  }

  private CodeBuilder get(String field) {
    return b.aload(CPU_LOCAL).getfield(CPU, field, CD_int);
  }
}
