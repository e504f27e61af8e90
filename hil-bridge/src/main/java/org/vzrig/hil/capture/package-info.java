/** Records what a machine sends and receives: serial logs and VCD files. */
package org.vzrig.hil.capture;
