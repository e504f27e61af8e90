/** Ties the serial lines of a machine to the host: ptys, sockets, serial ports and files. */
package org.vzrig.hil.bridge;
