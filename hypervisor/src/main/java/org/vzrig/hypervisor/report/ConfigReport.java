package org.vzrig.hypervisor.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzrig.hypervisor.config.ConfigReader;
import org.vzrig.hypervisor.config.Problem;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;

/**
 * What a configuration means: its problems, and the memory, pages, interrupts and registers of
 * every guest.
 *
 * @param layout where everything lies; for nothing when there are errors
 * @param problems errors and warnings in the order they were found
 */
public record ConfigReport(Layout layout, List<Problem> problems) {
  /**
   * Reads and lays out a configuration.
   *
   * @param file the main file
   * @param board the board's name, ours or tinyVP's
   */
  public static ConfigReport read(Path file, String board) {
    Problems problems = new Problems();
    Layout layout = Layouts.of(ConfigReader.read(file, board, problems), problems);
    return new ConfigReport(layout, problems.all());
  }

  /** Whether the configuration cannot be used. */
  public boolean hasErrors() {
    return problems.stream().anyMatch(Problem::isError);
  }

  /** The memory, pages, interrupts and registers of every guest as tables. */
  public String map() {
    return MapText.of(layout);
  }

  /** The same as {@link #map()} for programs. */
  public String mapJson() {
    return Json.of(MapJson.of(layout));
  }

  /** How many problems there are, in one line. */
  public String summary() {
    long errors = problems.stream().filter(Problem::isError).count();
    return "%s, %s".formatted(count(errors, "error"), count(problems.size() - errors, "warning"));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** The problems for programs. */
  public String problemsJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("usable", !hasErrors());
    json.put("problems", problems.stream().map(MapJson::problem).toList());
    return Json.of(json);
  }
}
