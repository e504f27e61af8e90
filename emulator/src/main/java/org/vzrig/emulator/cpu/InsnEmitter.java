package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Parameter;

/**
 * Emits the call of an instruction's method: its operands, the call, and where the result goes. How
 * registers and fields are reached is the engine's business: the interpreter takes them from the
 * instruction word, the translator knows them.
 */
abstract class InsnEmitter {
  static final ClassDesc CPU = Cpu.class.describeConstable().orElseThrow();
  static final ClassDesc FPU = Fpu.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc CONDITION =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_int);
  static final ClassDesc LONGS = CD_long.arrayType();

  final CodeBuilder b;
  final int cpu;

  /** {@code cpu} is the local that holds the core. */
  InsnEmitter(CodeBuilder b, int cpu) {
    this.b = b;
    this.cpu = cpu;
  }

  /** Pushes the value of the general register that a field names. */
  abstract void register(InsnDef def, char letter);

  /** Pushes the raw value of a field. */
  abstract void field(InsnDef def, char letter);

  /** Pushes field i. */
  abstract void immediate(boolean signed);

  /** Pushes the address of the instruction. */
  abstract void pc();

  /** Pushes the register array, which has to hold what the registers hold. */
  abstract void registers();

  /** Pushes the target of a 26-bit jump. */
  abstract void target();

  /**
   * Emits {@code value}, which pushes an int, and stores it in the register that the field names.
   */
  abstract void storeRegister(InsnDef def, char letter, Runnable value);

  /** The class whose method executes {@code def}. */
  ClassDesc owner(InsnDef def) {
    return def.method().getDeclaringClass().describeConstable().orElseThrow();
  }

  /** Has the FPU ready for {@code def}, or throws. */
  abstract void requireFpu();

  /** Pushes an FPU register: its value as float or double, its 64 bits as long. */
  abstract void fpuRegister(InsnDef def, char letter, Class<?> type);

  /** Emits {@code value}, and stores it in the FPU register that the field names. */
  abstract void storeFpu(InsnDef def, char letter, Class<?> type, Runnable value);

  /** Executes {@code def} with its result stored. */
  final void execute(InsnDef def) {
    if (def.usesFpu()) {
      requireFpu();
    }
    if (def.returns(int.class)) {
      storeRegister(def, def.destination(), () -> call(def));
    } else if (def.returnsFpu()) {
      storeFpu(def, def.fpuDestination(), def.method().getReturnType(), () -> call(def));
    } else if (def.returns(long.class)) {
      storeAccumulator(def, () -> call(def));
    } else {
      call(def);
    }
  }

  /** Leaves the result of {@code def} on the stack. */
  final void value(InsnDef def) {
    if (def.usesFpu()) {
      requireFpu();
    }
    call(def);
  }

  /** Emits the call of {@code def}'s method with its operands. */
  void call(InsnDef def) {
    for (Parameter parameter : def.parameters()) {
      operand(def, parameter.getName(), parameter.getType());
    }
    MethodTypeDesc type =
        MethodType.methodType(def.method().getReturnType(), def.method().getParameterTypes())
            .describeConstable()
            .orElseThrow();
    b.invokestatic(owner(def), def.method().getName(), type);
  }

  /** Pushes what the parameter called {@code name} stands for. */
  final void operand(InsnDef def, String name, Class<?> type) {
    switch (name) {
      case "cpu" -> b.aload(cpu);
      case "pc" -> pc();
      case "rs", "rt", "rd" -> register(def, name.charAt(1));
      case "imm" -> immediate(false);
      case "simm" -> immediate(true);
      case "acc" -> pushAccumulator(def);
      case "target" -> target();
      case "gpr" -> registers();
      case "fpu" -> fpu();
      case "cc" -> {
        fpu();
        field(def, 'y');
        b.invokevirtual(FPU, "condition", CONDITION);
      }
      case "fs", "ft", "fd", "fr" -> fpuOperand(def, Character.toUpperCase(name.charAt(1)), type);
      default -> field(def, name.charAt(0));
    }
  }

  /** Pushes the accumulator that field q names. */
  void pushAccumulator(InsnDef def) {
    accumulator(def);
    b.laload();
  }

  /** Stores what {@code value} pushes, a long, in the accumulator that field q names. */
  void storeAccumulator(InsnDef def, Runnable value) {
    accumulator(def);
    value.run();
    b.lastore();
  }

  private void fpuOperand(InsnDef def, char letter, Class<?> type) {
    if (type == int.class) {
      field(def, letter);
    } else {
      fpuRegister(def, letter, type);
    }
  }

  final void fpu() {
    b.aload(cpu).getfield(CPU, "fpu", FPU);
  }

  /** Pushes the accumulator array and the index that field q names. */
  private void accumulator(InsnDef def) {
    b.aload(cpu).getfield(CPU, "ac", LONGS);
    if (def.has('q')) {
      field(def, 'q');
    } else {
      b.iconst_0();
    }
  }
}
