/** Where everything lies: placement, pages, interrupts, protection, as immutable records. */
package org.vzrig.hypervisor.layout;
