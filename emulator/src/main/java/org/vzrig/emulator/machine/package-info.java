/** The machine: core, chip and board wired together, and the thread that runs it. */
package org.vzrig.emulator.machine;
