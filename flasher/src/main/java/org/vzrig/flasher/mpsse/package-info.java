/** FTDI adapters whose engine (MPSSE) moves a chip's JTAG or ICSP pins. */
package org.vzrig.flasher.mpsse;
