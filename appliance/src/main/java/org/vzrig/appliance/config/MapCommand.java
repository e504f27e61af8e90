package org.vzrig.appliance.config;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hypervisor.report.ConfigReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows where everything lies. */
@Command(
    name = "map",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Show every guest's memory, pages, interrupts and registers.",
    description = {
      "",
      "Access: open (the guest reads and writes the real thing), read-only, emulated (every access"
          + " goes to the named emulator), write-ignored (reads are real, writes do nothing),"
          + " write-ignored-reported (the same, with a line on the console).",
      ""
    },
    footer = {"", "Example: vzrig config map my.config --json | jq '.vms[].pages'"})
final class MapCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Source source = new Source();

  @Option(names = "--json", description = "Print the map as JSON, with the name of every register.")
  boolean json;

  @Override
  public Integer call() throws CommandFailure {
    ConfigReport report = source.usable();
    PrintWriter err = spec.commandLine().getErr();
    Source.lines(report.problems()).forEach(err::println);
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.mapJson() : report.map());
    out.flush();
    return ExitCode.OK.code();
  }
}
