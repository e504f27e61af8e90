package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;

/** Emits the call of an instruction's method: its operands, the call, and where the result goes. */
final class InsnEmitter {
  private static final ClassDesc CPU = Cpu.class.describeConstable().orElseThrow();
  private static final ClassDesc LONGS = CD_long.arrayType();

  private final CodeBuilder b;
  private final int cpu;
  private final int gpr;
  private final int word;
  private final int pc;

  /** The locals that hold the core, its registers, the instruction word and its address. */
  InsnEmitter(CodeBuilder b, int cpu, int gpr, int word, int pc) {
    this.b = b;
    this.cpu = cpu;
    this.gpr = gpr;
    this.word = word;
    this.pc = pc;
  }

  /** Executes {@code def} with its result stored. */
  void execute(InsnDef def) {
    if (def.returns(int.class)) {
      storeIndex(def, def.destination());
      value(def);
      b.iastore();
      if (def.touchesCpu()) {
        clearZero();
      }
    } else if (def.returns(long.class)) {
      accumulators(def);
      value(def);
      b.lastore();
    } else {
      value(def);
    }
  }

  /** Leaves the result of {@code def} on the stack. */
  void value(InsnDef def) {
    for (String operand : def.operands()) {
      operand(def, operand);
    }
    ClassDesc owner = def.method().getDeclaringClass().describeConstable().orElseThrow();
    MethodTypeDesc type =
        MethodType.methodType(def.method().getReturnType(), def.method().getParameterTypes())
            .describeConstable()
            .orElseThrow();
    b.invokestatic(owner, def.method().getName(), type);
  }

  private void operand(InsnDef def, String name) {
    switch (name) {
      case "cpu" -> b.aload(cpu);
      case "pc" -> b.iload(pc);
      case "rs", "rt", "rd" -> {
        b.aload(gpr);
        field(def, name.charAt(1));
        b.iaload();
      }
      case "imm" -> b.iload(word).loadConstant(0xFFFF).iand();
      case "simm" -> b.iload(word).i2s();
      case "acc" -> {
        accumulators(def);
        b.laload();
      }
      case "target" -> target();
      default -> field(def, name.charAt(0));
    }
  }

  private void target() {
    b.iload(pc).iconst_4().iadd().loadConstant(0xF000_0000).iand();
    b.iload(word).bipush(6).ishl().iconst_4().iushr().ior();
  }

  /** Raw value of a field. */
  private void field(InsnDef def, char letter) {
    InsnDef.Field field = def.field(letter);
    b.iload(word);
    if (field.shift() > 0) {
      b.loadConstant(field.shift()).iushr();
    }
    if (field.width() < 32) {
      b.loadConstant((1 << field.width()) - 1).iand();
    }
  }

  /** Pushes the accumulator array and the index that field q names. */
  private void accumulators(InsnDef def) {
    b.aload(cpu).getfield(CPU, "ac", LONGS);
    if (def.has('q')) {
      field(def, 'q');
    } else {
      b.iconst_0();
    }
  }

  /** Pushes the register array and the index that {@code letter} names. */
  void storeIndex(InsnDef def, char letter) {
    b.aload(gpr);
    field(def, letter);
  }

  /** r0 stays 0. */
  void clearZero() {
    b.aload(gpr).iconst_0().iconst_0().iastore();
  }
}
