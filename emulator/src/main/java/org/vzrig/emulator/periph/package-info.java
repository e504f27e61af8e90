/** The peripherals of the PIC32MZ EF. */
package org.vzrig.emulator.periph;
