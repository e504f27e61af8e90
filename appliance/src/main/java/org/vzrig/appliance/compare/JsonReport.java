package org.vzrig.appliance.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.vzrig.hil.compare.ChannelCount;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Finding;
import org.vzrig.hil.compare.Survey;

/** The result as one JSON object, for scripts. */
final class JsonReport {
  private JsonReport() {}

  static String of(Sides sides) {
    Comparison result = sides.result();
    return """
    {"version":1,
    "verdict":%s,
    "reasons":%s,
    "compared_ns":%d,
    "rules":%s,
    "sides":[%s,
    %s],
    "clock":{"offset_ns":%d,"ppm":%s,"ppm_error":%s,"rms_ns":%d},
    "counts":{%s},
    "channels":[%s],
    "findings":[%s]}
    """
        .formatted(
            Escapes.json(result.verdict().name().toLowerCase(Locale.ROOT)),
            Escapes.json(result.reasons()),
            result.comparedNanos(),
            Escapes.json(sides.rules()),
            side(result.first()),
            side(result.second()),
            result.clock().offsetNanos(),
            number(result.clock().ppm()),
            number(result.clock().ppmError()),
            Math.round(result.clock().rmsNanos()),
            counts(result.counts()),
            result.channels().stream().map(JsonReport::channel).collect(joined()),
            result.findings().stream().map(JsonReport::finding).collect(joined()));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(",\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String side(Survey side) {
    String fields =
        side.header().fields().entrySet().stream()
            .map(field -> Escapes.json(field.getKey()) + ":" + Escapes.json(field.getValue()))
            .collect(Collectors.joining(","));
    return "{\"name\":%s,\"ns\":%d,\"bytes\":%d,\"edges\":%d,\"damage\":%s,\"header\":{%s}}"
        .formatted(
            Escapes.json(side.name()),
            side.nanos(),
            side.bytes(),
            side.edges(),
            Escapes.json(side.damage()),
            fields);
  }

  private static String counts(Map<Finding.Kind, Long> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> Escapes.json(entry.getKey().word()) + ":" + entry.getValue())
        .collect(Collectors.joining(","));
  }

  private static String channel(ChannelCount channel) {
    return "{\"channel\":%s,\"matched\":%d,\"findings\":%d,\"most_off_ns\":%d,\"skipped\":%s}"
        .formatted(
            Escapes.json(channel.channel()),
            channel.matched(),
            channel.findings(),
            channel.mostOff(),
            Escapes.json(channel.skipped()));
  }

  private static String finding(Finding finding) {
    return ("{\"kind\":%s,\"channel\":%s,\"first_ns\":%d,\"second_ns\":%d,\"count\":%d,\"text\":%s,"
            + "\"first\":%s,\"second\":%s}")
        .formatted(
            Escapes.json(finding.kind().word()),
            Escapes.json(finding.channel()),
            finding.nanos(),
            finding.secondNanos(),
            finding.count(),
            Escapes.json(finding.text()),
            context(finding.first()),
            context(finding.second()));
  }

  private static String context(List<String> lines) {
    return Escapes.json(lines);
  }
}
