package org.vzrig.appliance.flash;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import org.vzrig.flasher.FlashEvent;

/** Prints what happens as JSON, one object a line. */
final class FlashJson implements FlashEvent.Listener {
  private final PrintWriter out;

  FlashJson(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void on(FlashEvent event) {
    out.println(line(event));
    out.flush();
  }

  static String line(FlashEvent event) {
    return switch (event) {
      case FlashEvent.Opened e ->
          "{\"event\":\"opened\",\"adapter\":%s,\"part\":%s,\"id\":\"%08X\"}"
              .formatted(string(e.adapter()), string(e.part().name()), e.deviceId());
      case FlashEvent.Configured e ->
          "{\"event\":\"configured\",\"part\":%s,\"words\":{%s}}"
              .formatted(
                  string(e.part().name()),
                  e.words().entrySet().stream()
                      .map(w -> "%s:\"%08X\"".formatted(string(w.getKey()), w.getValue()))
                      .collect(Collectors.joining(",")));
      case FlashEvent.Planned e ->
          "{\"event\":\"planned\",\"bytes\":%d,\"plan\":[%s]}"
              .formatted(
                  e.plan().dataBytes(),
                  e.plan().lines().stream()
                      .map(FlashJson::string)
                      .collect(Collectors.joining(",")));
      case FlashEvent.Began e ->
          "{\"event\":\"began\",\"phase\":\"%s\",\"bytes\":%d}".formatted(e.phase(), e.bytes());
      case FlashEvent.Advanced e ->
          "{\"event\":\"advanced\",\"phase\":\"%s\",\"done\":%d,\"bytes\":%d}"
              .formatted(e.phase(), e.done(), e.bytes());
      case FlashEvent.Ended e ->
          "{\"event\":\"ended\",\"phase\":\"%s\",\"bytes\":%d,\"millis\":%d}"
              .formatted(e.phase(), e.bytes(), e.millis());
      case FlashEvent.Note e ->
          "{\"event\":\"note\",\"message\":%s}".formatted(string(e.message()));
      case FlashEvent.Speed e -> "{\"event\":\"speed\",\"baud\":%d}".formatted(e.baud());
      case FlashEvent.Differs e ->
          "{\"event\":\"differs\",\"cause\":%s,\"words\":[%s]}"
              .formatted(
                  string(e.cause()),
                  e.mismatches().stream()
                      .map(
                          m ->
                              "{\"address\":\"%08X\",\"expected\":\"%08X\",\"found\":\"%08X\",\"bytes\":%d}"
                                  .formatted(m.address(), m.expected(), m.found(), m.bytes()))
                      .collect(Collectors.joining(",")));
      case FlashEvent.Finished e ->
          "{\"event\":\"finished\",\"bytes\":%d,\"millis\":%d}".formatted(e.bytes(), e.millis());
    };
  }

  /** {@code text} as a JSON string. */
  static String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
