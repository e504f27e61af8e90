/** Looking into a running machine: traces, disassembly, the GDB server. */
package org.vzrig.appliance.debug;
