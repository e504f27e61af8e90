/** How near programming comes to what the serial line allows. */
@NullMarked
package org.vzrig.bench.flash;

import org.jspecify.annotations.NullMarked;
