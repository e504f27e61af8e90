package org.vzrig.appliance.debug;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What was attached to a machine for one run. */
public final class Debugging implements AutoCloseable {
  private final @Nullable PrintWriter trace;

  Debugging(@Nullable PrintWriter trace) {
    this.trace = trace;
  }

  /** Ends the trace; after the machine has stopped. */
  @Override
  public void close() {
    if (trace != null) {
      trace.close();
    }
  }
}
