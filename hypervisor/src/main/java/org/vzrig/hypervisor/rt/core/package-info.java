/** What root software sees of the core and the chip: registers, memory, interrupt controller. */
package org.vzrig.hypervisor.rt.core;
