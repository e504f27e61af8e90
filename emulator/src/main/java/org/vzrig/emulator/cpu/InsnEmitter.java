package org.vzrig.emulator.cpu;

import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;

/**
 * Emits the call of an instruction's method: its operands, the call, and where the result goes. How
 * registers and fields are reached is the engine's business: the interpreter takes them from the
 * instruction word, the translator knows them.
 */
abstract class InsnEmitter {
  static final ClassDesc CPU = Cpu.class.describeConstable().orElseThrow();
  static final ClassDesc LONGS = CD_long.arrayType();

  final CodeBuilder b;
  private final int cpu;

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

  /** Executes {@code def} with its result stored. */
  final void execute(InsnDef def) {
    if (def.returns(int.class)) {
      storeRegister(def, def.destination(), () -> value(def));
    } else if (def.returns(long.class)) {
      storeAccumulator(def, () -> value(def));
    } else {
      value(def);
    }
  }

  /** Leaves the result of {@code def} on the stack. */
  final void value(InsnDef def) {
    for (String operand : def.operands()) {
      operand(def, operand);
    }
    MethodTypeDesc type =
        MethodType.methodType(def.method().getReturnType(), def.method().getParameterTypes())
            .describeConstable()
            .orElseThrow();
    b.invokestatic(owner(def), def.method().getName(), type);
  }

  private void operand(InsnDef def, String name) {
    switch (name) {
      case "cpu" -> b.aload(cpu);
      case "pc" -> pc();
      case "rs", "rt", "rd" -> register(def, name.charAt(1));
      case "imm" -> immediate(false);
      case "simm" -> immediate(true);
      case "acc" -> pushAccumulator(def);
      case "target" -> target();
      case "gpr" -> registers();
      case "fs", "ft", "fd", "fr" -> field(def, Character.toUpperCase(name.charAt(1)));
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
