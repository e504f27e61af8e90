/** Microchip's AN1388 boot loader, over a serial line or USB reports. */
package org.vzrig.flasher.an1388;
