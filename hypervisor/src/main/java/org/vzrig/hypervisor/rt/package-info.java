/** The hypervisor that owns root mode: guests, exits, virtual devices, scheduler, console. */
package org.vzrig.hypervisor.rt;
