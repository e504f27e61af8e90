/** Devices that guests see in place of the chip's own. */
package org.vzrig.hypervisor.rt.device;
