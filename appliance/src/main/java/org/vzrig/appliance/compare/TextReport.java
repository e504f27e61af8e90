package org.vzrig.appliance.compare;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.vzrig.hil.compare.ChannelCount;
import org.vzrig.hil.compare.ClockFit;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Finding;
import org.vzrig.hil.compare.Spans;
import org.vzrig.hil.compare.Survey;

/** The summary on the terminal. */
final class TextReport {
  private static final int MOST = 6;

  private final PrintWriter out;
  private final Comparison result;

  TextReport(PrintWriter out, Comparison result) {
    this.out = out;
    this.result = result;
  }

  /** Prints all of it. */
  void print() {
    side(result.first());
    side(result.second());
    clock();
    channels();
    findings();
    result.reasons().forEach(reason -> out.println("note: " + reason));
    out.println(verdict(result));
    out.flush();
  }

  private void side(Survey side) {
    String runs =
        side.header().runs().stream()
            .map(run -> run.replaceFirst(" sha256:(.{8}).*", " ($1)"))
            .collect(Collectors.joining(", "));
    out.printf(
        "%-9s %s recorded, %,d bytes, %,d edges%s%n",
        side.name(),
        Spans.shown(side.nanos()),
        side.bytes(),
        side.edges(),
        runs.isEmpty() ? "" : "; " + runs);
    if (!side.damage().isEmpty()) {
      out.println("          " + side.damage());
    }
  }

  private void clock() {
    ClockFit clock = result.clock();
    if (clock.points().isEmpty()) {
      out.println("clocks    nothing that both sides did relates them");
    } else {
      out.printf(
          "clocks    %s begins at %s of %s; %+.1f ppm (+-%.1f); jitter %s%n",
          result.first().name(),
          Spans.shown(clock.offsetNanos()),
          result.second().name(),
          clock.ppm(),
          clock.ppmError(),
          Spans.shown(Math.round(clock.rmsNanos())));
    }
    out.printf("compared  %s%n", Spans.shown(result.comparedNanos()));
  }

  private void channels() {
    for (ChannelCount channel : result.channels()) {
      out.println(
          "  %-18s %s"
              .formatted(
                  channel.channel(),
                  channel.skipped().isEmpty()
                      ? "%,d match, at most %s apart%s"
                          .formatted(
                              channel.matched(),
                              Spans.shown(channel.mostOff()),
                              differences(channel))
                      : "not compared: " + channel.skipped()));
    }
  }

  private static String differences(ChannelCount channel) {
    return channel.findings() == 0 ? "" : "; " + plural(channel.findings(), "finding");
  }

  private static String plural(long count, String what) {
    return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }

  private void findings() {
    List<Finding> all = result.findings();
    all.stream().limit(MOST).forEach(this::finding);
    long total = result.counts().values().stream().mapToLong(Long::longValue).sum();
    if (total > MOST) {
      out.printf("... and %,d more: %s%n", total - Math.min(MOST, all.size()), kinds());
    }
  }

  private String kinds() {
    return result.counts().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey().word()))
        .collect(Collectors.joining(", "));
  }

  private void finding(Finding finding) {
    out.printf(
        "%n%s: %s at %s s: %s%n",
        finding.channel(), finding.kind().word(), Escapes.seconds(finding.nanos()), finding.text());
    context(result.first().name(), finding.first());
    context(result.second().name(), finding.second());
  }

  private void context(String name, List<String> lines) {
    for (String line : lines) {
      out.printf("  %-9s %s%n", name, line);
    }
  }

  /** The answer in a sentence. */
  static String verdict(Comparison result) {
    long total = result.counts().values().stream().mapToLong(Long::longValue).sum();
    return switch (result.verdict()) {
      case SAME -> "same: both sides do the same";
      case DIFFERENT -> "different: " + plural(total, "finding");
      case UNKNOWN -> "unknown: the sides could not be compared";
    };
  }
}
