package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Operands taken from the instruction word and the register array at run time: the interpreter's
 * way.
 */
class WordEmitter extends InsnEmitter {
  private final int gpr;
  private final int word;
  private final int pc;

  /** The locals that hold the core, its registers, the instruction word and its address. */
  WordEmitter(CodeBuilder b, int cpu, int gpr, int word, int pc) {
    super(b, cpu);
    this.gpr = gpr;
    this.word = word;
    this.pc = pc;
  }

  @Override
  void register(InsnDef def, char letter) {
    index(def, letter);
    b.iaload();
  }

  @Override
  void field(InsnDef def, char letter) {
    InsnDef.Field field = def.field(letter);
    b.iload(word);
    if (field.shift() > 0) {
      b.loadConstant(field.shift()).iushr();
    }
    if (field.width() < 32) {
      b.loadConstant((1 << field.width()) - 1).iand();
    }
  }

  @Override
  void immediate(boolean signed) {
    b.iload(word);
    if (signed) {
      b.i2s();
    } else {
      b.loadConstant(0xFFFF).iand();
    }
  }

  @Override
  void pc() {
    b.iload(pc);
  }

  @Override
  void registers() {
    b.aload(gpr);
  }

  @Override
  void target() {
    b.iload(pc).iconst_4().iadd().loadConstant(0xF000_0000).iand();
    b.iload(word).bipush(6).ishl().iconst_4().iushr().ior();
  }

  /** A write to r0 that decoding could not drop is undone. */
  @Override
  void storeRegister(InsnDef def, char letter, Runnable value) {
    index(def, letter);
    value.run();
    b.iastore();
    if (def.touchesCpu() || def.flow().jumps()) {
      b.aload(gpr).iconst_0().iconst_0().iastore();
    }
  }

  @Override
  void requireFpu() {
    b.aload(cpu).invokevirtual(CPU, "fpu", MethodTypeDesc.of(FPU)).pop();
  }

  @Override
  void fpuRegister(InsnDef def, char letter, Class<?> type) {
    ClassDesc desc = type.describeConstable().orElseThrow();
    fpu();
    field(def, letter);
    b.invokevirtual(FPU, accessor(type), MethodTypeDesc.of(desc, CD_int));
  }

  /** What is stored in a pair needs one, before the operation. */
  @Override
  void storeFpu(InsnDef def, char letter, Class<?> type, Runnable value) {
    ClassDesc desc = type.describeConstable().orElseThrow();
    fpu();
    field(def, letter);
    if (type == double.class) {
      b.dup2().invokevirtual(FPU, "requirePair", MethodTypeDesc.of(CD_void, CD_int));
    }
    value.run();
    b.invokevirtual(FPU, accessor(type), MethodTypeDesc.of(CD_void, CD_int, desc));
  }

  private static String accessor(Class<?> type) {
    return type == float.class ? "single" : type == double.class ? "wide" : "element";
  }

  /** Pushes the register array and the index that a field names. */
  private void index(InsnDef def, char letter) {
    b.aload(gpr);
    field(def, letter);
  }
}
