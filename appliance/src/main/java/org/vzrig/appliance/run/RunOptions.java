package org.vzrig.appliance.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to run a machine.
 *
 * @param pace how virtual time relates to the host's
 * @param length virtual time after which the run ends
 * @param timeout host time after which the run is given up
 * @param steps input and expectations in their order
 * @param serialLog where to record serial traffic as text
 * @param vcd where to record LEDs, pins and serial traffic as a value change dump
 * @param capture where to record all of it for comparisons
 */
public record RunOptions(
    Pace pace,
    @Nullable Duration length,
    @Nullable Duration timeout,
    List<Step> steps,
    @Nullable Path serialLog,
    @Nullable Path vcd,
    @Nullable Path capture) {
  /** How virtual time relates to the host's. */
  public enum Pace {
    /** One second takes one second. */
    REALTIME,
    /** As fast as it goes; repeats exactly. */
    FAST
  }
}
