package org.vzrig.appliance.control;

import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The status of a rig as people read it. */
final class StatusText {
  private final StringBuilder text = new StringBuilder();
  private final ObjectNode status;

  private StatusText(ObjectNode status) {
    this.status = status;
  }

  static String of(ObjectNode status) {
    StatusText report = new StatusText(status);
    report.machine();
    report.guests();
    report.list("recordings", StatusText::recording);
    report.list("routes", CtlText::route);
    report.gpio();
    report.real();
    report.losses();
    return report.text.toString().stripTrailing();
  }

  private void machine() {
    JsonNode machine = status.path("machine");
    line("rig", status.path("rig").asString() + " (" + status.path("board").asString() + ")");
    line("state", machine.path("state").asString() + ", up " + span(status.path("uptime")));
    if (machine.has("runs")) {
      line("runs", machine.path("runs").asString());
    }
    if (machine.has("ratio")) {
      line(
          "time",
          "%s of virtual time, pace %s x%.2f%s"
              .formatted(
                  span(machine.path("virtual")),
                  machine.path("pace").asString(),
                  machine.path("ratio").asDouble(),
                  late(machine)));
    }
    String writer = status.path("console").path("writer").asString("");
    if (!writer.isEmpty()) {
      line("console", "written by " + writer);
    }
  }

  private static String late(JsonNode machine) {
    long late = machine.path("late").asLong();
    return late == 0
        ? ""
        : String.format(
            Locale.ROOT,
            ", %d times late, %.1f s given up",
            late,
            machine.path("skipped").asDouble());
  }

  private void guests() {
    for (JsonNode guest : status.path("guests")) {
      String fault = guest.path("fault").asString("");
      line(
          guest.path("kind").asString() + " " + guest.path("guest").asInt(),
          "%-8s pc %s, %d exits%s"
              .formatted(
                  guest.path("state").asString(),
                  guest.path("pc").asString(),
                  guest.path("exits").asLong(),
                  fault.isEmpty() ? "" : ": " + fault));
    }
  }

  private interface Row {
    String of(JsonNode entry);
  }

  private void list(String name, Row row) {
    for (JsonNode entry : status.path(name)) {
      line(name.replaceFirst("s$", ""), row.of(entry));
    }
  }

  private static String recording(JsonNode entry) {
    String failure = entry.path("failure").asString("");
    return entry.path("file").asString() + (failure.isEmpty() ? "" : " STOPPED: " + failure);
  }

  private void gpio() {
    JsonNode gpio = status.path("gpio");
    for (JsonNode wire : gpio.path("lines")) {
      line(
          "gpio",
          "%s %s %s%s%s"
              .formatted(
                  wire.path("name").asString(),
                  wire.path("input").asBoolean() ? "<-" : "->",
                  wire.path("line").asString(),
                  gpio.path("mock").asBoolean() ? " (mock)" : "",
                  wire.has("active") ? wire.path("active").asBoolean() ? ", on" : ", off" : ""));
    }
    if (gpio.has("edges")) {
      line(
          "gpio",
          "%d edges, %d merged, %d failures"
              .formatted(
                  gpio.path("edges").asLong(),
                  gpio.path("merged").asLong(),
                  gpio.path("failures").asLong()));
    }
  }

  private void real() {
    JsonNode real = status.path("real");
    if (!real.isMissingNode()) {
      line("real", real.path("port").asString() + ", " + real.path("state").asString());
    }
  }

  private void losses() {
    StringBuilder losses = new StringBuilder();
    status
        .path("losses")
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().asLong() != 0) {
                losses.append(entry.getValue().asLong()).append(" by ").append(entry.getKey());
                losses.append("  ");
              }
            });
    line("losses", losses.isEmpty() ? "none" : losses.toString().strip());
  }

  private void line(String name, String value) {
    text.append("%-10s %s%n".formatted(name, value));
  }

  private static String span(JsonNode seconds) {
    Duration span = Duration.ofMillis((long) (seconds.asDouble() * 1000));
    return "%s%d:%02d:%02d"
        .formatted(
            span.toDays() == 0 ? "" : span.toDays() + " d ",
            span.toHoursPart(),
            span.toMinutesPart(),
            span.toSecondsPart());
  }
}
