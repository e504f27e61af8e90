/** The daemon as a process: what it costs, and how it is after a long time. */
@NullMarked
package org.vzrig.bench.service;

import org.jspecify.annotations.NullMarked;
