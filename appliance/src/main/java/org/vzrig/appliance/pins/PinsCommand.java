package org.vzrig.appliance.pins;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What can be done to GPIO lines without a machine. */
@Command(
    name = "pins",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "GPIO lines of this computer: list them, leave them at their safe level.",
    subcommands = {PinsListCommand.class, PinsSafeCommand.class})
public final class PinsCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected list or safe");
  }
}
