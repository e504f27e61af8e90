package org.vzrig.emulator.cpu;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of instructions that the interpreter keeps out of its main switch, which must stay
 * below the size that the JIT compiles (8,000 bytes of bytecode).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Rare {}
