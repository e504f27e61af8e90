package org.vzrig.hypervisor.layout;

import java.util.OptionalInt;

/**
 * A word that root writes into a register before any guest starts.
 *
 * @param address virtual address as root uses it (KSEG0 for {@code setup}, KSEG1 for the rest)
 * @param name the register's name in tinyVP's header, or empty when only the address is known
 * @param text the value as it goes into tinyVP's table
 * @param value the value, absent when the text is an expression that only tinyVP's compiler knows
 * @param comment what it does, or empty
 */
public record SetupWord(int address, String name, String text, OptionalInt value, String comment) {}
