package org.vzrig.appliance;

import java.util.Arrays;
import org.vzrig.appliance.flash.Pic32ProgMain;

/** Where the process starts. */
public final class Main {
  private Main() {}

  /** The pic32prog launcher's arguments are not ours to parse. */
  private static int run(String... args) {
    return args.length > 0 && args[0].equals("pic32prog")
        ? Pic32ProgMain.run(System.out, System.err, Arrays.copyOfRange(args, 1, args.length))
        : VzrigCommand.commandLine().execute(args);
  }

  /** Runs the command line and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    System.exit(run(args));
  }
}
