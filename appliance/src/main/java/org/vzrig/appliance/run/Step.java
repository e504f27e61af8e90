package org.vzrig.appliance.run;

import java.time.Duration;

/**
 * One thing of a scripted run, in the order of the command line. Texts hold one character, 0 to
 * 255, for each byte.
 */
public sealed interface Step {
  /** Waits until the console has printed {@code text}. */
  record Expect(String text) implements Step {}

  /** Does {@code action} when the steps before it are done. */
  record Do(Action action) implements Step {}

  /** Does {@code action} at {@code at} after the start, whatever else happens. */
  record DoAt(Duration at, Action action) implements Step {}

  /** The run has failed when the console prints {@code text}, at any time. */
  record Fail(String text) implements Step {}
}
