/** The MIPS M5150 core. */
package org.vzrig.emulator.cpu;
