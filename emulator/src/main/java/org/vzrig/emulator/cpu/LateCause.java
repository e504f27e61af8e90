package org.vzrig.emulator.cpu;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/**
 * Field Cause of the last operation of translated code, worked out when somebody looks: hardly
 * anybody does, and to know whether a result is exact costs more than the result.
 *
 * <p>What is kept is the instruction with its operands. Doing it again says what it raised; that is
 * nothing or Inexact, and Inexact is in Flags already.
 */
final class LateCause {
  /** The instruction's MIPS32 word; 0 for none. */
  private int word;

  private double fs;
  private double ft;
  private double fr;

  void note(int word, double fs, double ft, double fr) {
    this.word = word;
    this.fs = fs;
    this.ft = ft;
    this.fr = fr;
  }

  /** Another operation has come after it. */
  void forget() {
    word = 0;
  }

  /** Executes what is noted with its operands; the result is known already. */
  void settle(Fpu fpu) {
    if (word != 0) {
      InsnDef def = InsnTable.MIPS32.decode(word);
      Method method = def.method();
      Object[] operands = new Object[method.getParameterCount()];
      for (int i = 0; i < operands.length; i++) {
        operands[i] = operand(fpu, def, method.getParameters()[i]);
      }
      try {
        method.invoke(null, operands);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(def.name() + " cannot be repeated", e);
      }
    }
  }

  private Object operand(Fpu fpu, InsnDef def, Parameter parameter) {
    if (parameter.getType() == Fpu.class) {
      return fpu;
    }
    return switch (parameter.getName()) {
      case "fs" -> typed(parameter, fs);
      case "ft" -> typed(parameter, ft);
      case "fr" -> typed(parameter, fr);
      default -> def.field(parameter.getName().charAt(0)).of(word);
    };
  }

  private static Object typed(Parameter parameter, double operand) {
    if (parameter.getType() == double.class) {
      return operand;
    }
    return Float.intBitsToFloat((int) Double.doubleToRawLongBits(operand));
  }
}
