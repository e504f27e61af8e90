package org.vzrig.appliance.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers and events as people read them. */
final class CtlText {
  private CtlText() {}

  static String leds(ObjectNode result) {
    List<String> leds = new ArrayList<>();
    result.path("leds").properties().forEach(led -> leds.add(led(led.getKey(), led.getValue())));
    return String.join("  ", leds);
  }

  private static String led(String name, JsonNode on) {
    return name + " " + (on.asBoolean() ? "on" : "off");
  }

  static String routes(ObjectNode result) {
    List<String> lines = new ArrayList<>();
    result
        .path("routes")
        .forEach(route -> lines.add("%3d  %s".formatted(route.path("id").asInt(), route(route))));
    return String.join("\n", lines);
  }

  static String route(JsonNode route) {
    long lost = route.path("lost").asLong();
    long unheard = route.path("unheard").asLong();
    return "uart%d %s (%s, %s): %d bytes out, %d in%s%s"
        .formatted(
            route.path("uart").asInt(),
            route.path("route").asString(),
            route.path("where").asString(),
            route.path("state").asString(),
            route.path("out").asLong(),
            route.path("in").asLong(),
            lost == 0 ? "" : ", " + lost + " LOST",
            unheard == 0 ? "" : ", " + unheard + " while nobody listened");
  }

  static String led(ObjectNode event) {
    return event.path("event").asString("").equals("missed")
        ? missed(event)
        : String.format(
            Locale.ROOT,
            "%12.6f  %s",
            event.path("time").asDouble(),
            led(event.path("led").asString(), event.path("on")));
  }

  static String missed(ObjectNode event) {
    return "(" + event.path("count").asLong() + " events missed: too slow)";
  }

  static String log(ObjectNode result) {
    List<String> lines = new ArrayList<>();
    result
        .path("lines")
        .forEach(
            line -> {
              if (line instanceof ObjectNode message) {
                lines.add(message(message));
              }
            });
    return String.join("\n", lines);
  }

  static String message(ObjectNode line) {
    if (!line.has("message")) {
      return missed(line);
    }
    String about = line.has("device") ? line.path("device").asString() + ": " : "";
    return "%s %-5s %s%s"
        .formatted(
            line.path("at").asString(),
            line.path("level").asString(),
            about,
            line.path("message").asString());
  }
}
