/** Physical address space: memories and special function registers. */
package org.vzrig.emulator.bus;
