/** Where the outside meets the machine: serial lines, pins, and the rings that carry their data. */
package org.vzrig.emulator.port;
