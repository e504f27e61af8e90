package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzrig.hil.capture.CaptureEvent;

/** What one UART sends: lines, and the symbols of guests that the rules tell apart. */
final class ConsoleLane implements Lane {
  private static final long SHIFT_NANOS = 4_000_000_000L;

  private final Rules rules;
  private final Activity firstActivity = new Activity();
  private final Activity secondActivity = new Activity();
  private final LineAssembler first;
  private final LineAssembler second;
  private final Matcher<Line> lines;
  private final LineChronicle chronicle;
  private final Map<String, Matcher<Symbol>> guests = new LinkedHashMap<>();
  private final List<Chronicle<Symbol>> guestChronicles = new ArrayList<>();

  ConsoleLane(int uart, Settings settings, Scope scope, Findings findings, long tolerance) {
    rules = settings.rules();
    String name = "U" + uart;
    chronicle =
        new LineChronicle(
            name, settings, scope, findings, tolerance, firstActivity, secondActivity);
    lines =
        new Matcher<>(
            scope.clock(),
            new Limits(tolerance, SHIFT_NANOS, 2, 4),
            new LineAlignment(SHIFT_NANOS, tolerance, scope.clock(), chronicle::counted),
            chronicle);
    for (String guest : rules.guests()) {
      addGuest(name + " guest " + guest, guest, settings, scope, findings, tolerance);
    }
    first = new LineAssembler(rules, line -> accept(line, true));
    second = new LineAssembler(rules, line -> accept(line, false));
  }

  private void addGuest(
      String name,
      String guest,
      Settings settings,
      Scope scope,
      Findings findings,
      long tolerance) {
    Chronicle<Symbol> symbols =
        new Chronicle<>(name, settings, scope, new SymbolWording(name), findings);
    guestChronicles.add(symbols);
    guests.put(
        guest,
        new Matcher<>(
            scope.clock(),
            new Limits(tolerance, 400_000_000, 3, 6),
            new Alignment<>(400_000_000, tolerance, (a, b) -> 0),
            symbols));
  }

  private record SymbolWording(String name) implements Wording<Symbol> {
    @Override
    public String one(Symbol symbol) {
      return "'" + symbol.value() + "'";
    }

    @Override
    public String many() {
      return "symbols";
    }

    @Override
    public Finding.Kind silence() {
      return Finding.Kind.MISSING;
    }

    @Override
    public String silent(String side, @Nullable Symbol last) {
      return "%s prints nothing on the %s side".formatted(name, side);
    }
  }

  private void accept(Line line, boolean ofFirst) {
    if (rules.allGuests(line.text())) {
      for (int i = 0; i < line.text().length(); i++) {
        symbol(line.nanos(i), line.text().charAt(i), ofFirst);
      }
    } else if (ofFirst) {
      lines.addFirst(line);
    } else {
      lines.addSecond(line);
    }
  }

  private void symbol(long nanos, char value, boolean ofFirst) {
    String guest = rules.guestOf(value);
    Matcher<Symbol> matcher = guest == null ? null : guests.get(guest);
    if (matcher != null && ofFirst) {
      matcher.addFirst(new Symbol(nanos, value));
    } else if (matcher != null) {
      matcher.addSecond(new Symbol(nanos, value));
    }
  }

  @Override
  public void add(boolean ofFirst, CaptureEvent event, int i) {
    (ofFirst ? firstActivity : secondActivity).at(event.nanos(i));
    (ofFirst ? first : second).add(event.nanos(i), event.value(i) & 0xFF);
  }

  @Override
  public void process(long firstSeen, long secondSeen, boolean end) {
    if (end) {
      first.end(true);
      second.end(true);
    }
    long a = Math.min(firstSeen, first.openSince());
    long b = Math.min(secondSeen, second.openSince());
    lines.process(a, b, end);
    guests.values().forEach(matcher -> matcher.process(a, b, end));
    if (end) {
      chronicle.end();
      guestChronicles.forEach(Chronicle::end);
    }
  }

  @Override
  public List<ChannelCount> counts() {
    List<ChannelCount> counts = new ArrayList<>(List.of(chronicle.count()));
    guestChronicles.forEach(one -> counts.add(one.count()));
    return counts;
  }
}
