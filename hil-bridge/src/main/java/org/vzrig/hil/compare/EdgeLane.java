package org.vzrig.hil.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;
import org.vzrig.hil.capture.CaptureEvent;

/** The edges of one pin. */
final class EdgeLane implements Lane {
  private static final long SHIFT_NANOS = 400_000_000;

  private final Matcher<Edge> matcher;
  private final Chronicle<Edge> chronicle;

  EdgeLane(int pin, Settings settings, Scope scope, Findings findings, long tolerance) {
    Led led = settings.led(pin);
    String name = name(pin, led);
    chronicle = new Chronicle<>(name, settings, scope, new EdgeWording(name, led), findings);
    long shift = Math.max(SHIFT_NANOS, 4 * tolerance);
    matcher =
        new Matcher<>(
            scope.clock(),
            new Limits(tolerance, shift, 3, 6),
            new Alignment<>(shift, tolerance, (a, b) -> 0),
            chronicle);
  }

  static String name(int pin, @Nullable Led led) {
    return led == null ? Pin.at(pin).toString() : led.name();
  }

  private record EdgeWording(String name, @Nullable Led led) implements Wording<Edge> {
    @Override
    public String one(Edge edge) {
      if (led == null) {
        return name + " goes " + (edge.level() ? "high" : "low");
      }
      return name + " goes " + (edge.level() != led.activeLow() ? "on" : "off");
    }

    @Override
    public String many() {
      return "edges";
    }

    @Override
    public Finding.Kind silence() {
      return Finding.Kind.STUCK;
    }

    @Override
    public String silent(String side, @Nullable Edge last) {
      if (last == null) {
        return name + " never changes on the " + side + " side";
      }
      String state = one(last).substring(name.length() + " goes ".length());
      return "%s is stuck %s on the %s side".formatted(name, state, side);
    }
  }

  @Override
  public void add(boolean first, CaptureEvent event, int i) {
    Edge edge = new Edge(event.nanos(), event.level());
    if (first) {
      matcher.addFirst(edge);
    } else {
      matcher.addSecond(edge);
    }
  }

  @Override
  public void process(long firstSeen, long secondSeen, boolean end) {
    matcher.process(firstSeen, secondSeen, end);
    if (end) {
      chronicle.end();
    }
  }

  @Override
  public List<ChannelCount> counts() {
    return List.of(chronicle.count());
  }
}
