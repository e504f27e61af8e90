/** Parts of boards around the chip. */
package org.vzrig.emulator.device;
