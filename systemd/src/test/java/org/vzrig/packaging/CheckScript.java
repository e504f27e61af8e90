package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script whose lines {@code check NAME ...} each print {@code ok NAME} or {@code FAILED NAME:
 * why}.
 */
final class CheckScript {
  private static final Pattern CHECK = Pattern.compile("^check (\\S+)");
  private static final Pattern TOLD = Pattern.compile("^(?:ok|FAILED) ([^\\s:]+)");

  private CheckScript() {}

  /** The names of the checks in {@code script}. */
  static Stream<String> names(String script) {
    return script
        .lines()
        .flatMap(line -> CHECK.matcher(line).results())
        .map(check -> check.group(1));
  }

  /** The names of the checks that {@code output} tells of. */
  static Stream<String> told(List<String> output) {
    return output.stream()
        .flatMap(line -> TOLD.matcher(line).results())
        .map(check -> check.group(1));
  }

  /** Fails unless {@code output} says that {@code check} went well, and nothing else of it. */
  static void assertPassed(String check, List<String> output) {
    assertEquals(
        List.of("ok " + check),
        output.stream()
            .filter(line -> line.equals("ok " + check) || line.startsWith("FAILED " + check + ":"))
            .toList(),
        () -> String.join("\n", output));
  }
}
