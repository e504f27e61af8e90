package org.vzrig.emulator.cpu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a static method as an instruction of the core: the whole description from which decoder,
 * disassembler, interpreter, translator, overlap check and random tests derive.
 *
 * <p>The pattern gives the 32 bits from bit 31 down; blanks are free, letters are fields. A
 * parameter of the method is named after what it receives:
 *
 * <ul>
 *   <li>{@code rs}, {@code rt}, {@code rd}: the value of the general register that field s, t or d
 *       names;
 *   <li>{@code fs}, {@code ft}, {@code fd}, {@code fr}: the FPU register that field S, T, D or R
 *       names: its value as {@code float} or {@code double}, the 64 bits that it lies in as {@code
 *       long}, or its number as {@code int};
 *   <li>{@code cc}: the condition code that field y names;
 *   <li>a single letter: the raw value of that field;
 *   <li>{@code imm}, {@code simm}: field i zero- or sign-extended;
 *   <li>{@code target}: the target of a 26-bit jump (field j);
 *   <li>{@code pc}: the address of the instruction;
 *   <li>{@code acc}: the accumulator (HI in the upper half, LO in the lower) that field q names, 0
 *       without one;
 *   <li>{@code gpr}: the general registers, for an instruction that reads or writes several;
 *   <li>{@code fpu}: the FPU, for an operation that reports exceptions: the only ones that change
 *       Cause;
 *   <li>{@code cpu}: the core.
 * </ul>
 *
 * <p>An {@code int} result goes to rd, or to rt when the pattern has no d; a {@code long} result
 * goes to the accumulator; {@code float} and {@code double}, and {@code long} where FPU registers
 * are operands, go to the FPU register that D, else T, else S names; a {@code boolean} result is a
 * branch condition; {@code void} is an effect on the core.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Insn {
  /** The MIPS32 encoding; empty where there is none. */
  String value() default "";

  /** The microMIPS encodings, as {@link MicroEncoding} describes them. */
  String[] micro() default {};

  /** The assembler's name where it is not the method's (such as {@code jr.hb}). */
  String name() default "";

  /**
   * What it does to the program counter; a boolean result without a word here is a {@link
   * Flow#BRANCH}.
   */
  Flow flow() default Flow.NEXT;

  /**
   * The operands as the disassembler writes them: letters of the pattern in the assembler's order.
   * Where it is empty, {@link InsnSyntax} finds the order that most instructions of this shape
   * have.
   */
  String asm() default "";

  /** Method names of the more general instructions whose encodings this one is taken out of. */
  String[] refines() default {};
}
