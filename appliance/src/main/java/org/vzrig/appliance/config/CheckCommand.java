package org.vzrig.appliance.config;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hypervisor.report.ConfigReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists everything that is wrong with a configuration. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "List all mistakes of a configuration, each with its file and line.",
    description = {
      "",
      "Errors are what keeps the guests from running. Warnings are lines that have no effect, or"
          + " not the one that they seem to have; tinyVP passes over them in silence.",
      ""
    },
    footer = {
      "",
      "Ends with 0 when there is no error, else with 3.",
      "",
      "Example: vzrig config check my.config --board olimex-emz64"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Source source = new Source();

  @Option(names = "--json", description = "Print the problems as JSON.")
  boolean json;

  @Override
  public Integer call() {
    ConfigReport report = source.report();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(report.problemsJson());
    } else {
      Source.lines(report.problems()).forEach(out::println);
      out.println(source.file + ": " + report.summary());
    }
    out.flush();
    return (report.hasErrors() ? ExitCode.BAD_CONFIG : ExitCode.OK).code();
  }
}
