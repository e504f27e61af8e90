package org.vzrig.appliance;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Executes command lines in the test's own process. */
public final class Commands {
  private Commands() {}

  /** Executes {@code arguments} with output and errors to {@code out}; returns the exit code. */
  public static int execute(PrintWriter out, String... arguments) {
    CommandLine line = VzrigCommand.commandLine();
    line.setOut(out);
    line.setErr(out);
    return line.execute(arguments);
  }
}
