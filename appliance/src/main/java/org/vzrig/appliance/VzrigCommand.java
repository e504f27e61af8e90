package org.vzrig.appliance;

import org.vzrig.appliance.capture.CaptureCommand;
import org.vzrig.appliance.compare.CompareCommand;
import org.vzrig.appliance.config.ConfigCommand;
import org.vzrig.appliance.control.CtlCommand;
import org.vzrig.appliance.debug.DisasmCommand;
import org.vzrig.appliance.doctor.DoctorCommand;
import org.vzrig.appliance.flash.FlashCommand;
import org.vzrig.appliance.flash.ImageCommand;
import org.vzrig.appliance.pins.PinsCommand;
import org.vzrig.appliance.run.RunCommand;
import org.vzrig.appliance.service.DaemonCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line's root: says what there is. */
@Command(
    name = "vzrig",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Stands in for a PIC32MZ EF board: runs its firmware and guests on this computer.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Each command explains itself: vzrig COMMAND --help"})
public final class VzrigCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--stack-trace",
      scope = ScopeType.INHERIT,
      description = "After a failure, also show where in vzrig it happened.")
  boolean stackTrace;

  /** The whole command line, ready to execute. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new VzrigCommand());
    line.addSubcommand(new RunCommand());
    line.addSubcommand(new DaemonCommand());
    line.addSubcommand(new CtlCommand());
    line.addSubcommand(new DoctorCommand());
    line.addSubcommand(new PinsCommand());
    line.addSubcommand(new ConfigCommand());
    line.addSubcommand(new DisasmCommand());
    line.addSubcommand(new ImageCommand());
    line.addSubcommand(new FlashCommand());
    line.addSubcommand(new CaptureCommand());
    line.addSubcommand(new CompareCommand());
    line.addSubcommand(new CompletionCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    Failures.install(line);
    describeExitCodes(line);
    return line;
  }

  private static void describeExitCodes(CommandLine line) {
    line.getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.table());
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected a command");
  }
}
