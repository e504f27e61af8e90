package org.vzrig.appliance.doctor;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.daemon.Json;
import org.vzrig.appliance.settings.SettingsSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;

/** Looks at this computer. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Look whether this computer has what a rig needs, and say what to do.")
public final class DoctorCommand implements Callable<Integer> {
  private static final Path USUAL = Path.of("/etc/vzrig/vzrig.toml");

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings of a daemon. Default: /etc/vzrig/vzrig.toml, if it is there.")
  @Nullable Path config;

  @Option(names = "--json", description = "Show what was found as JSON.")
  boolean json;

  @Override
  public Integer call() {
    Path file = config != null ? config : Files.exists(USUAL) ? USUAL : null;
    Optional<SettingsSource> source =
        Optional.ofNullable(file)
            .map(settings -> new SettingsSource(settings, System.getenv(), List.of()));
    List<Finding> findings = Examination.of(Host.here(), source);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.pretty(array(findings)) : text(findings));
    out.flush();
    return exit(findings).code();
  }

  static ExitCode exit(List<Finding> findings) {
    boolean fails = findings.stream().anyMatch(f -> f.state() == Finding.State.FAIL);
    return fails ? ExitCode.REFUSED : ExitCode.OK;
  }

  private static ArrayNode array(List<Finding> findings) {
    ArrayNode array = Json.array();
    for (Finding finding : findings) {
      array
          .addObject()
          .put("about", finding.about())
          .put("state", finding.stateName())
          .put("found", finding.found())
          .put("help", finding.help().isEmpty() ? null : finding.help());
    }
    return array;
  }

  private static String text(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      text.append(
          "%-4s  %-10s  %s%n".formatted(finding.stateName(), finding.about(), finding.found()));
      if (!finding.help().isEmpty()) {
        text.append("%18s> %s%n".formatted("", finding.help()));
      }
    }
    return text.toString().stripTrailing();
  }
}
