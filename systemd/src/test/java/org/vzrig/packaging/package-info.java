/** The package, looked at and installed. */
@NullMarked
package org.vzrig.packaging;

import org.jspecify.annotations.NullMarked;
