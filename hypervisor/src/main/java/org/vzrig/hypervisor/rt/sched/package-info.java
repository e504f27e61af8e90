/** Threads, the switch between them, and time. */
package org.vzrig.hypervisor.rt.sched;
