package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Generates the interpreter of microMIPS, which differs from that of MIPS32 in lengths: where the
 * next instruction and the return address are follows from the flags of the decoded instruction.
 * Bit 0 of its PC is always set, so that return addresses and EPC have the bit by themselves.
 */
final class MicroInterpreterGenerator extends InterpreterGenerator {
  private static final int INFO = 12;
  private static final int SLOT = 13;
  private static final int TARGET = 14;

  private final Label decide;
  private final Label go;
  private final Label slot;

  private MicroInterpreterGenerator(CodeBuilder b) {
    super(b, new MicroWordEmitter(b), defs());
    decide = b.newLabel();
    go = b.newLabel();
    slot = b.newLabel();
  }

  private static List<InsnDef> defs() {
    return InsnTable.MIPS32.everything().stream().filter(d -> !d.micro().isEmpty()).toList();
  }

  static Interpreter generateMicro() {
    return load(microBytes());
  }

  static byte[] microBytes() {
    return bytes(defs(), b -> new MicroInterpreterGenerator(b).run());
  }

  /** Jump targets in halfwords, in the 128 MiB around the delay slot. */
  private static final class MicroWordEmitter extends WordEmitter {
    MicroWordEmitter(CodeBuilder b) {
      super(b, CPU_LOCAL, GPR, WORD, PC);
    }

    @Override
    void target() {
      b.iload(PC).iconst_4().iadd().loadConstant(0xF800_0001).iand();
      b.iload(WORD).bipush(6).ishl().iconst_5().iushr().ior();
    }
  }

  @Override
  int fetchTag() {
    return 1;
  }

  @Override
  String fetchMethod() {
    return "fetchMicroPage";
  }

  @Override
  void prologue() {
    super.prologue();
    b.iconst_m1().istore(SLOT);
    b.iconst_0().istore(TARGET);
  }

  @Override
  void fetch() {
    b.aload(CODE).iload(PC).sipush(0xFFE).iand().iconst_1().iushr().laload().lstore(PACKED);
  }

  @Override
  void id() {
    b.iload(INFO).i2s();
  }

  /** Where the next instruction is: behind this one, or where the branch before it goes. */
  @Override
  void decoded() {
    Label straight = b.newLabel();
    Label known = b.newLabel();
    b.lload(PACKED).bipush(32).lushr().l2i().istore(INFO);
    b.iload(N).iload(SLOT).if_icmpne(straight);
    b.iload(TARGET).istore(NEXT_PC).goto_(known);
    b.labelBinding(straight);
    b.iload(PC);
    length();
    b.iadd().istore(NEXT_PC);
    b.labelBinding(known);
  }

  private void length() {
    b.iconst_4().iload(INFO).bipush(15).iushr().iconst_2().iand().isub();
  }

  @Override
  void returnAddress() {
    b.iload(PC);
    length();
    b.iadd().iconst_4().iadd().iload(INFO).bipush(16).iushr().iconst_2().iand().isub();
  }

  @Override
  void special(BiConsumer<Integer, Consumer<Label>> cases) {
    cases.accept(CodePage.STRADDLES, this::straddling);
  }

  /** The second half lies in the next page, which may be anywhere. */
  private void straddling(Label dispatch) {
    spill();
    b.aload(CPU_LOCAL).iload(PC);
    b.invokevirtual(CPU, "straddling", MethodTypeDesc.of(CD_long, CD_int)).lstore(PACKED);
    b.goto_(dispatch);
  }

  @Override
  void tail() {
    b.labelBinding(advance);
    b.iload(NEXT_PC).istore(PC);
    b.iload(N);
    get("limit", CD_int).if_icmplt(loop);
    exit();
    control();
  }

  // --- branches share the code that follows their condition

  @Override
  void branch(InsnDef def) {
    emitter.value(def);
    b.istore(TEMP);
    if (def.flow().links()) {
      link(31);
    }
    b.goto_(decide);
  }

  @Override
  void intoDelaySlot() {
    b.goto_(go);
  }

  private void control() {
    Label notTaken = b.newLabel();
    b.labelBinding(decide);
    b.iload(TEMP).ifeq(notTaken);
    b.iload(PC);
    length();
    b.iadd().iload(WORD).i2s().iconst_1().ishl().iadd().istore(TEMP);
    taken();
    b.labelBinding(notTaken);
    compact();
    b.ifne(advance);
    b.labelBinding(slot);
    b.aload(CPU_LOCAL).iload(N).iconst_1().iadd().putfield(CPU, "delaySlot", CD_int);
    b.aload(CPU_LOCAL).iload(PC).putfield(CPU, "branchPc", CD_int);
    b.iload(PC);
    length();
    b.iadd().istore(PC).goto_(loop);
  }

  /** TEMP is where to go, after the delay slot if there is one. */
  private void taken() {
    Label withSlot = b.newLabel();
    b.labelBinding(go);
    compact();
    b.ifeq(withSlot);
    b.iload(TEMP).istore(NEXT_PC).goto_(advance);
    b.labelBinding(withSlot);
    b.iload(N).iconst_1().iadd().istore(SLOT);
    b.iload(TEMP).istore(TARGET).goto_(slot);
  }

  private void compact() {
    b.iload(INFO).loadConstant(MicroEncoding.COMPACT).iand();
  }
}
