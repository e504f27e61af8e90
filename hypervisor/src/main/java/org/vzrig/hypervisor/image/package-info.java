/** Guests' programs where their layout puts them, and flashable images made of them. */
package org.vzrig.hypervisor.image;
