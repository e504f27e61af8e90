/** Our machine and QEMU side by side; {@code .ci/bench compare} runs it. */
@NullMarked
package org.vzrig.bench.compare;

import org.jspecify.annotations.NullMarked;
