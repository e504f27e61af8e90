/** GPIO lines of the host, and the agent that ties them to LEDs, buttons and pins of a board. */
@org.jspecify.annotations.NullMarked
package org.vzrig.hil.gpio;
