/** Lays out what the Debian package holds, for jdeb to pack. */
@NullMarked
package org.vzrig.packaging;

import org.jspecify.annotations.NullMarked;
