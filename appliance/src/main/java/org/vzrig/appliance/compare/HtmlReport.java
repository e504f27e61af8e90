package org.vzrig.appliance.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.compare.ChannelCount;
import org.vzrig.hil.compare.ClockFit;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Finding;
import org.vzrig.hil.compare.Row;
import org.vzrig.hil.compare.Settings;
import org.vzrig.hil.compare.Spans;
import org.vzrig.hil.compare.Status;
import org.vzrig.hil.compare.Survey;
import org.vzrig.hil.compare.Texts;

/** The result as one page that needs nothing else: no scripts, no network. */
final class HtmlReport {
  private static final int ZOOMS = 8;
  private static final int SHOWN = 100;

  private final Sides sides;
  private final Comparison result;
  private final ReportData data;
  private final Waves waves;
  private final StringBuilder out = new StringBuilder();
  private final String one;
  private final String two;

  private HtmlReport(Sides sides, Settings settings, ReportData data) {
    this.sides = sides;
    this.data = data;
    result = sides.result();
    one = result.first().name();
    two = result.second().name();
    waves = new Waves(result.clock(), settings, one, two);
  }

  static String of(Sides sides, Settings settings, ReportData data) throws IOException {
    return new HtmlReport(sides, settings, data).page();
  }

  private String page() throws IOException {
    put("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    put(
        "<title>vzrig compare: %s</title>\n<style>\n%s</style>\n</head>\n<body>\n",
        result.verdict().name().toLowerCase(Locale.ROOT), style());
    head();
    sides();
    channels();
    findings();
    leds();
    clocks();
    consoles();
    put("</body>\n</html>\n");
    return out.toString();
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("report.css is not there");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for one method
  private void put(String form, Object... values) {
    out.append(values.length == 0 ? form : String.format(Locale.ROOT, form, values));
  }

  private static String x(String text) {
    return Escapes.xml(text);
  }

  private void head() {
    String type = result.verdict().name().toLowerCase(Locale.ROOT);
    put("<h1>%s and %s</h1>\n", x(one), x(two));
    put("<p class=\"verdict %s\">%s</p>\n", type, x(TextReport.verdict(result)));
    for (String reason : result.reasons()) {
      put("<p class=\"reason\">%s</p>\n", x(reason));
    }
  }

  private void sides() {
    put(
        """
        <table class="sides">
        <tr><th></th><th class="one">%s</th><th class="two">%s</th></tr>
        """,
        x(one), x(two));
    String[] names = {
      CaptureHeader.BOARD, CaptureHeader.CLOCK, CaptureHeader.STARTED, "engine", "device"
    };
    for (String name : names) {
      both(name, result.first().header().get(name), result.second().header().get(name));
    }
    both("recorded", Spans.shown(result.first().nanos()), Spans.shown(result.second().nanos()));
    both("bytes", number(result.first().bytes()), number(result.second().bytes()));
    both("edges", number(result.first().edges()), number(result.second().edges()));
    both("runs", runs(result.first()), runs(result.second()));
    both("end of file", result.first().damage(), result.second().damage());
    both("rules", sides.rules(), sides.rules());
    put("</table>\n");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String runs(Survey side) {
    return String.join("\n", side.header().runs());
  }

  private void both(String name, String first, String second) {
    if (!first.isEmpty() || !second.isEmpty()) {
      put("<tr><th>%s</th><td>%s</td><td>%s</td></tr>\n", x(name), lines(first), lines(second));
    }
  }

  private static String lines(String text) {
    return x(text).replace("\n", "<br>");
  }

  private void channels() {
    put(
        "<h2>Channels</h2>\n<table>\n<tr><th>channel</th><th>match</th><th>at most apart</th>"
            + "<th>findings</th><th></th></tr>\n");
    for (ChannelCount channel : result.channels()) {
      boolean compared = channel.skipped().isEmpty();
      put(
          "<tr class=\"%s\"><td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>"
              + "<td class=\"number\">%s</td><td>%s</td></tr>\n",
          channel.findings() > 0 ? "bad" : "",
          x(channel.channel()),
          compared ? number(channel.matched()) : "",
          compared ? Spans.shown(channel.mostOff()) : "",
          compared ? number(channel.findings()) : "",
          compared ? "" : "not compared: " + x(channel.skipped()));
    }
    put("</table>\n");
  }

  private void findings() {
    put("<h2>Findings</h2>\n");
    if (result.findings().isEmpty()) {
      put("<p>None.</p>\n");
    }
    result.findings().stream().limit(SHOWN).forEach(this::finding);
    long all = result.counts().values().stream().mapToLong(Long::longValue).sum();
    if (all > SHOWN) {
      put("<p>%,d more are not shown here.</p>\n", all - Math.min(SHOWN, result.findings().size()));
    }
  }

  private void finding(Finding finding) {
    put(
        "<div class=\"finding\">\n<p><span class=\"kind\">%s</span> <b>%s</b> at %s s: %s</p>\n",
        x(finding.kind().word()),
        x(finding.channel()),
        Escapes.seconds(finding.nanos()),
        x(finding.text()));
    if (!finding.first().isEmpty() || !finding.second().isEmpty()) {
      put(
          "<div class=\"contexts\"><pre class=\"one\">%s</pre><pre class=\"two\">%s</pre></div>\n",
          context(finding.first()), context(finding.second()));
    }
    put("</div>\n");
  }

  private static String context(List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String shown = x(line);
      text.append(line.startsWith(">") ? "<mark>" + shown + "</mark>" : shown).append('\n');
    }
    return text.toString();
  }

  private void leds() {
    if (data.edges().isEmpty()) {
      return;
    }
    put(
        "<h2>LEDs and pins</h2>\n"
            + "<p>Up is on. Each dot below tells how much later an edge of <span"
            + " class=\"two\">%s</span> is than that of <span class=\"one\">%s</span>, once the"
            + " clocks are related.</p>\n",
        x(two), x(one));
    long end = waves.end(data.edges());
    for (Map.Entry<String, ReportData.Edges> edges : data.edges().entrySet()) {
      put("<h3>%s</h3>\n", x(edges.getKey()));
      out.append(waves.draw(edges.getKey(), edges.getValue().rows(), 0, end));
      if (edges.getValue().left() > 0) {
        put("<p>%,d later edges are not shown.</p>\n", edges.getValue().left());
      }
    }
    zooms();
  }

  private void zooms() {
    int shown = 0;
    for (Map.Entry<String, ReportData.Edges> edges : data.edges().entrySet()) {
      List<Row> rows = edges.getValue().rows();
      long after = Long.MIN_VALUE;
      for (Row row : rows) {
        long at =
            row.firstNanos() == Row.NONE
                ? result.clock().first(row.secondNanos())
                : row.firstNanos();
        if (row.status() != Status.SAME && at > after && shown < ZOOMS) {
          long around = Waves.around(row, rows);
          put("<h3>%s around %s s</h3>\n", x(edges.getKey()), Escapes.seconds(at));
          out.append(waves.draw(edges.getKey(), rows, Math.max(0, at - around), at + around));
          after = at + around;
          shown++;
        }
      }
    }
    if (shown == 0) {
      Map.Entry<String, ReportData.Edges> any = data.edges().entrySet().iterator().next();
      List<Row> rows = any.getValue().rows();
      int last = Math.min(rows.size() - 1, 8);
      long to = Math.max(rows.get(last).firstNanos(), 1) * 11 / 10;
      put("<h3>%s in the beginning</h3>\n", x(any.getKey()));
      out.append(waves.draw(any.getKey(), rows, 0, to));
    }
  }

  private void clocks() {
    ClockFit clock = result.clock();
    put(
        "<h2>Clocks</h2>\n"
            + "<p>0 s of <span class=\"one\">%s</span> is %s of <span class=\"two\">%s</span>,"
            + " whose clock is %.1f ppm %s (&#177;%.1f); events are %s (root mean square) from"
            + " that.</p>\n",
        x(one),
        Spans.shown(clock.offsetNanos()),
        x(two),
        Math.abs(clock.ppm()),
        clock.ppm() < 0 ? "faster" : "slower",
        clock.ppmError(),
        Spans.shown(Math.round(clock.rmsNanos())));
    out.append(DriftPlot.of(clock));
  }

  private void consoles() {
    for (Map.Entry<String, ReportData.Console> console : data.consoles().entrySet()) {
      if (console.getValue().worthShowing()) {
        put(
            "<h2>Console %s</h2>\n<table class=\"console\">\n<tr><th></th><th class=\"one\">%s</th>"
                + "<th></th><th class=\"two\">%s</th></tr>\n",
            x(console.getKey()), x(one), x(two));
        console.getValue().entries().forEach(this::entry);
        put("</table>\n");
      }
    }
  }

  private void entry(ReportData.Entry entry) {
    Row row = entry.row();
    if (row == null) {
      put("<tr class=\"left\"><td colspan=\"4\">%,d equal lines</td></tr>\n", entry.left());
      return;
    }
    Texts.Split split =
        row.status() == Status.DIFFERENT
            ? Texts.split(row.first(), row.second())
            : new Texts.Split(row.first().length(), 0);
    put(
        "<tr class=\"%s\">%s%s</tr>\n",
        row.status().name().toLowerCase(Locale.ROOT),
        cell(row.firstNanos(), row.first(), split),
        cell(row.secondNanos(), row.second(), split));
  }

  private static String cell(long nanos, String text, Texts.Split split) {
    if (nanos == Row.NONE) {
      return "<td></td><td class=\"gap\"></td>";
    }
    int from = Math.min(split.prefix(), text.length());
    int to = Math.max(from, text.length() - split.suffix());
    String middle = text.substring(from, to);
    String marked =
        x(text.substring(0, from))
            + (middle.isEmpty() ? "" : "<mark>" + x(middle) + "</mark>")
            + x(text.substring(to));
    return "<td class=\"time\">%s</td><td>%s</td>".formatted(Escapes.seconds(nanos), marked);
  }
}
