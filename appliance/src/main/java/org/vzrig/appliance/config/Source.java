package org.vzrig.appliance.config;

import java.nio.file.Path;
import java.util.List;
import org.vzrig.appliance.BoardNames;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hypervisor.config.Problem;
import org.vzrig.hypervisor.report.ConfigReport;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration that a command works on. */
final class Source {
  @Parameters(
      paramLabel = "CONFIG",
      description = {
        "The configuration. Files that it names are looked for beside it, then in the current"
            + " directory."
      })
  Path file = Path.of("");

  @Option(
      names = "--board",
      paramLabel = "BOARD",
      completionCandidates = BoardNames.class,
      description = {
        "${COMPLETION-CANDIDATES}, or tinyVP's name of one; a board file boards/NAME beside the"
            + " configuration is used when there is one. Default: wifire."
      })
  String board = "wifire";

  ConfigReport report() {
    return ConfigReport.read(file, board);
  }

  /** The report of a configuration that can be used. */
  ConfigReport usable() throws CommandFailure {
    ConfigReport report = report();
    if (report.hasErrors()) {
      throw new CommandFailure(ExitCode.BAD_CONFIG, lines(report.problems()));
    }
    return report;
  }

  static List<String> lines(List<Problem> problems) {
    return problems.stream().map(Problem::toString).toList();
  }
}
