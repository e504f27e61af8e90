package org.vzrig.appliance;

/** Where the process starts. */
public final class Main {
  private Main() {}

  /** Runs the command line and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(VzrigCommand.commandLine().execute(args));
  }
}
