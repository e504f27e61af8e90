package org.vzrig.appliance.pins;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hil.gpio.GpioChip;
import org.vzrig.hil.gpio.GpioChips;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tells which GPIO chips there are. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    header = "List the GPIO chips of this computer.")
public final class PinsListCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<GpioChip> chips = GpioChips.in(GpioChips.DEVICES);
    for (GpioChip chip : chips) {
      out.println(
          chip.problem().isEmpty()
              ? "%s: lines 0 to %d".formatted(chip.shown(), chip.lines() - 1)
              : chip.name() + ": " + chip.problem());
    }
    if (chips.isEmpty()) {
      out.println("no GPIO chips");
    }
    out.flush();
    return ExitCode.OK.code();
  }
}
