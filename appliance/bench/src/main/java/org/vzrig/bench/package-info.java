/** Benchmarks; {@code .ci/bench} runs them. */
@NullMarked
package org.vzrig.bench;

import org.jspecify.annotations.NullMarked;
