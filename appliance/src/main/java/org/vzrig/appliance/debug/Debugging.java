package org.vzrig.appliance.debug;

import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.gdb.GdbServer;
import org.vzrig.emulator.machine.MachineThread;

/** What was attached to a machine for one run. */
public final class Debugging implements AutoCloseable {
  private final @Nullable PrintWriter trace;
  private final @Nullable GdbServer gdb;

  Debugging(@Nullable PrintWriter trace, @Nullable GdbServer gdb) {
    this.trace = trace;
    this.gdb = gdb;
  }

  /** The machine is about to run on {@code thread}. */
  public void start(MachineThread thread) {
    if (gdb != null) {
      gdb.start(thread);
    }
  }

  /** Ends trace and server; after the machine has stopped. */
  @Override
  public void close() throws IOException {
    if (trace != null) {
      trace.close();
    }
    if (gdb != null) {
      gdb.close();
    }
  }
}
