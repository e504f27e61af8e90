package org.vzrig.appliance.config;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what can be done with a configuration besides running it. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Check a configuration, show what it means, make tinyVP's tables of it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CheckCommand.class, MapCommand.class, GenerateCommand.class})
public final class ConfigCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected check, map or generate");
  }
}
