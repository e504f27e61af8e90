/** Threads beside the machine that carry its data to and from the outside. */
package org.vzrig.hil.agent;
