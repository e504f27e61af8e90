package org.vzrig.emulator.cpu;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Parameter;

/** Operands known when the code is generated: the translator's way. */
final class ConstantEmitter extends InsnEmitter {
  private final RegisterLocals registers;
  private final FpuLocals floats;
  private final WindowLocals windows;
  private final RegionPlan.Insn insn;
  private final boolean fast;

  /** Emits {@code insn}; {@code fast} chooses its method of {@link FastInsns}. */
  ConstantEmitter(
      CodeBuilder b,
      int cpu,
      RegisterLocals registers,
      FpuLocals floats,
      WindowLocals windows,
      RegionPlan.Insn insn,
      boolean fast) {
    super(b, cpu);
    this.registers = registers;
    this.floats = floats;
    this.windows = windows;
    this.insn = insn;
    this.fast = fast;
  }

  @Override
  ClassDesc owner(InsnDef def) {
    return fast ? FastInsns.owner(def, floats.known(insn)) : super.owner(def);
  }

  /** An access of memory stands here itself, as its method has it, but through the windows. */
  @Override
  void call(InsnDef def) {
    if (!fast || !windows.used() || FastInsns.access(def) == FastInsns.Access.NONE) {
      super.call(def);
      return;
    }
    for (Instruction instruction : FastInsns.code(def)) {
      switch (instruction) {
        case LoadInstruction load -> parameter(def, load.slot());
        case InvokeInstruction call when FastInsns.isAccess(call) -> windows.access(call);
        case ReturnInstruction end -> {}
        default -> b.with(instruction);
      }
    }
  }

  /** Pushes the parameter in local {@code slot} of the method; the core is not needed. */
  private void parameter(InsnDef def, int slot) {
    int at = 0;
    for (Parameter parameter : def.parameters()) {
      if (at == slot && parameter.getType() != Cpu.class) {
        operand(def, parameter.getName(), parameter.getType());
      }
      at += TypeKind.from(parameter.getType()).slotSize();
    }
  }

  /** Whether the instruction has no effect at all. */
  boolean nothing(InsnDef def) {
    return def.discards(insn.word()) || def.operands().isEmpty() && def.returns(void.class);
  }

  @Override
  void register(InsnDef def, char letter) {
    registers.get(def.field(letter).of(insn.word()));
  }

  @Override
  void field(InsnDef def, char letter) {
    b.loadConstant(def.field(letter).of(insn.word()));
  }

  @Override
  void immediate(boolean signed) {
    b.loadConstant(signed ? (short) insn.word() : insn.word() & 0xFFFF);
  }

  @Override
  void pc() {
    b.loadConstant(insn.pc());
  }

  @Override
  void registers() {
    registers.pushArray();
  }

  @Override
  void pushAccumulator(InsnDef def) {
    b.lload(registers.accumulator(insn));
  }

  @Override
  void storeAccumulator(InsnDef def, Runnable value) {
    value.run();
    b.lstore(registers.accumulator(insn));
  }

  @Override
  void target() {
    b.loadConstant(RegionPlan.jumpTarget(insn));
  }

  @Override
  void storeRegister(InsnDef def, char letter, Runnable value) {
    registers.set(def.field(letter).of(insn.word()), value);
  }

  /** The region has looked already. */
  @Override
  void requireFpu() {}

  @Override
  void fpuRegister(InsnDef def, char letter, Class<?> type) {
    floats.push(def.field(letter).of(insn.word()), type);
  }

  /** The operands are noted before the result may take the place of one. */
  @Override
  void storeFpu(InsnDef def, char letter, Class<?> type, Runnable value) {
    value.run();
    if (def.reports() && fast) {
      floats.note(insn);
    }
    floats.pop(def.field(letter).of(insn.word()), type);
    if (fast) {
      floats.learn(insn);
    }
  }
}
