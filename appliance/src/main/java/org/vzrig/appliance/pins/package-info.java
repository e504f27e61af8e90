/** {@code vzrig pins}: GPIO lines of this computer by themselves, without a machine. */
@org.jspecify.annotations.NullMarked
package org.vzrig.appliance.pins;
