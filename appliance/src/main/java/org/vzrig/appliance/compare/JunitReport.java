package org.vzrig.appliance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.vzrig.hil.compare.ChannelCount;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Finding;

/** The result as JUnit's XML: a test case for each channel, the clocks, and the board. */
final class JunitReport {
  private final Comparison result;

  private JunitReport(Comparison result) {
    this.result = result;
  }

  static String of(Comparison result) {
    return new JunitReport(result).text();
  }

  private String text() {
    List<String> names = new ArrayList<>(List.of("board", "clock"));
    result.channels().stream()
        .map(ChannelCount::channel)
        .filter(name -> !names.contains(name))
        .forEach(names::add);
    long failures = names.stream().filter(name -> !of(name).isEmpty()).count();
    long skipped = result.channels().stream().filter(c -> skip(c)).count();
    boolean unknown = result.verdict() == Comparison.Verdict.UNKNOWN;
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuite name="vzrig compare" tests="%d" failures="%d" errors="%d" skipped="%d" time="%s">
    %s%s</testsuite>
    """
        .formatted(
            names.size() + (unknown ? 1 : 0),
            failures,
            unknown ? 1 : 0,
            skipped,
            String.format(Locale.ROOT, "%.3f", result.comparedNanos() / 1e9),
            names.stream().map(this::testCase).collect(Collectors.joining()),
            unknown ? error() : "");
  }

  private boolean skip(ChannelCount channel) {
    return !channel.skipped().isEmpty() && of(channel.channel()).isEmpty();
  }

  private List<Finding> of(String name) {
    return result.findings().stream().filter(finding -> finding.channel().equals(name)).toList();
  }

  private String error() {
    String reasons = Escapes.xml(String.join("; ", result.reasons()));
    return ("  <testcase classname=\"vzrig.compare\" name=\"recording\">"
            + "<error message=\"%s\"/></testcase>\n")
        .formatted(reasons);
  }

  private String testCase(String name) {
    String head =
        "  <testcase classname=\"vzrig.compare\" name=\"%s\"".formatted(Escapes.xml(name));
    List<Finding> findings = of(name);
    if (!findings.isEmpty()) {
      Finding first = findings.getFirst();
      return "%s>\n    <failure type=\"%s\" message=\"%s\">%s</failure>\n  </testcase>\n"
          .formatted(
              head,
              Escapes.xml(first.kind().word()),
              Escapes.xml(first.text()),
              findings.stream().map(JunitReport::lines).collect(Collectors.joining("\n")));
    }
    String skipped =
        result.channels().stream()
            .filter(channel -> channel.channel().equals(name))
            .map(ChannelCount::skipped)
            .collect(Collectors.joining());
    return skipped.isEmpty()
        ? head + "/>\n"
        : "%s><skipped message=\"%s\"/></testcase>\n".formatted(head, Escapes.xml(skipped));
  }

  private static String lines(Finding finding) {
    return Escapes.xml(
        "%s\n%s\n%s"
            .formatted(
                finding, String.join("\n", finding.first()), String.join("\n", finding.second())));
  }
}
