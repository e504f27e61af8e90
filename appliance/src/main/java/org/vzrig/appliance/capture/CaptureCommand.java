package org.vzrig.appliance.capture;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done with a capture file. */
@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    header = "Show or export what vzrig run --capture and the daemon have recorded.",
    subcommands = {CaptureInfoCommand.class, CaptureExportCommand.class})
public final class CaptureCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected info or export");
  }
}
