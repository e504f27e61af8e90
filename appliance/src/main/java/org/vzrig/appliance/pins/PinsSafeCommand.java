package org.vzrig.appliance.pins;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.settings.SettingsLoader;
import org.vzrig.appliance.settings.SettingsSource;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.HostLines;
import org.vzrig.hil.gpio.Wiring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Leaves the lines that a rig drives at their safe level, after a rig that could not do that. */
@Command(
    name = "safe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Put every line that a rig drives at its inactive level.",
    description = {
      "",
      "For ExecStopPost= of the service: a daemon that ends does this by itself, one that is killed"
          + " cannot. Lines that somebody uses are left alone and told.",
      ""
    })
public final class PinsSafeCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The rig's configuration file. Default: ${DEFAULT-VALUE}.")
  Path config = Path.of("/etc/vzrig/vzrig.toml");

  @Override
  public Integer call() throws CommandFailure {
    SettingsLoader.Driven driven =
        SettingsLoader.driven(new SettingsSource(config, System.getenv(), List.of()));
    if (!driven.gpio().mock()) {
      try (GpioLines lines = new HostLines(driven.gpio().driver())) {
        makeSafe(driven.gpio().lines(), lines, spec.commandLine().getOut());
      }
    }
    if (!driven.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.BAD_CONFIG, driven.problems());
    }
    return ExitCode.OK.code();
  }

  /**
   * Puts each of {@code wirings} at its safe level and tells {@code out}.
   *
   * @throws CommandFailure with all for which that failed; the others are safe
   */
  static void makeSafe(List<Wiring> wirings, GpioLines lines, PrintWriter out)
      throws CommandFailure {
    List<String> failures = new ArrayList<>();
    for (Wiring wiring : wirings) {
      String what = wiring.name() + "=" + wiring.line().place();
      try (GpioLines.Output _ = lines.output(wiring, wiring.safe())) {
        out.println(what + " is " + (wiring.safe() ? "high" : "low"));
      } catch (IOException e) {
        failures.add(what + ": " + e.getMessage());
      }
    }
    out.flush();
    if (!failures.isEmpty()) {
      throw new CommandFailure(ExitCode.HOST_IO, failures);
    }
  }
}
