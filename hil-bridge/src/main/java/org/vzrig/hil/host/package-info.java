/** What the C library of the host has and Java has not. */
@org.jspecify.annotations.NullMarked
package org.vzrig.hil.host;
