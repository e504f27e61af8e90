/** The GDB remote protocol: lets gdb-multiarch debug root and guests. */
package org.vzrig.appliance.gdb;
