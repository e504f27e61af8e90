/**
 * Compares what two boards did: pure functions of two captures, in streams of bounded memory.
 *
 * <p>The first side is the reference. {@link org.vzrig.hil.compare.Comparer} reads each capture
 * three times: to survey it, to find how the two clocks relate, and to find where the sides part.
 */
package org.vzrig.hil.compare;
