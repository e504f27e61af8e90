package org.vzrig.appliance.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.vzrig.appliance.compare.Recording.Event;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Led;
import org.vzrig.hil.compare.Finding.Kind;

/** What can be wrong with a board, and what the comparison has to call it. */
enum Perturbation {
  DROP_BYTE(Kind.DIFFERENT, Kind.MISSING),
  INSERT_BYTE(Kind.DIFFERENT, Kind.EXTRA),
  CHANGE_BYTE(Kind.DIFFERENT),
  DELAY_BYTE(Kind.LATE),
  MISSING_EDGE(Kind.MISSING),
  MISSING_PULSE(Kind.MISSING),
  EXTRA_PULSE(Kind.EXTRA),
  SHIFTED_EDGE(Kind.LATE, Kind.EARLY),
  STUCK_LED(Kind.STUCK),
  DEAD_LINE(Kind.DEAD_LINE),
  RESET(Kind.RESET),
  PAUSE(Kind.JUMP),
  WRONG_BAUD(Kind.BAUD);

  /** How far from its cause a finding may be: lines of beats last two seconds. */
  private static final long NEAR_NANOS = 2_500_000_000L;

  private static final long FIRST = 300_000_000;
  private static final long LAST = 9_000_000_000L;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  final Set<Kind> names;

  Perturbation(Kind name, Kind... others) {
    names = EnumSet.of(name, others);
  }

  /** A recording with one thing wrong. */
  record Case(Recording recording, String channel, long nanos, String what) {
    boolean near(long time) {
      return Math.abs(time - nanos) < NEAR_NANOS;
    }
  }

  Case apply(Recording board, Random random) {
    return switch (this) {
      case DROP_BYTE, INSERT_BYTE, CHANGE_BYTE, DELAY_BYTE -> bytes(board, random);
      case MISSING_EDGE, MISSING_PULSE, EXTRA_PULSE, SHIFTED_EDGE, STUCK_LED ->
          edges(board, random);
      case DEAD_LINE -> {
        long from = time(random, 6_000_000_000L);
        yield of(board, without(board, e -> e.isByte() && e.nanos() >= from), "U4", from);
      }
      case RESET -> reset(board, random);
      case PAUSE -> pause(board, random);
      case WRONG_BAUD -> of(board, wrongBaud(board, random), "U4", 0);
    };
  }

  private static long time(Random random, long last) {
    return FIRST + random.nextLong(last - FIRST);
  }

  private Case of(Recording board, List<Event> events, String channel, long nanos) {
    return new Case(board.with(events), channel, nanos, this + " at " + nanos);
  }

  private static List<Event> without(Recording board, java.util.function.Predicate<Event> gone) {
    return board.events.stream().filter(gone.negate()).toList();
  }

  /** A byte whose change can be seen: no carriage return, and nothing that ends a line. */
  private static Event victim(Recording board, Random random) {
    List<Event> bytes = board.bytes();
    while (true) {
      Event event = bytes.get(random.nextInt(bytes.size()));
      if (event.value() > ' ' && event.nanos() < LAST) {
        return event;
      }
    }
  }

  private Case bytes(Recording board, Random random) {
    Event victim = victim(board, random);
    List<Event> events = new ArrayList<>(board.events);
    int at = events.indexOf(victim);
    switch (this) {
      case DROP_BYTE -> events.remove(at);
      case INSERT_BYTE -> events.add(at, Event.sent(victim.nanos(), 'A' + random.nextInt(26)));
      case CHANGE_BYTE -> events.set(at, Event.sent(victim.nanos(), victim.value() ^ 1));
      default -> delay(events, at, 100_000_000 + random.nextLong(700_000_000));
    }
    return of(board, events, "U4", victim.nanos());
  }

  /** What is behind a late byte on the line has to wait for it. */
  private static void delay(List<Event> events, int at, long by) {
    long earliest = events.get(at).nanos() + by;
    for (int i = at; i < events.size(); i++) {
      if (events.get(i).isByte() && events.get(i).nanos() < earliest) {
        events.set(i, events.get(i).at(earliest));
        earliest += 86_800;
      }
    }
  }

  private Case edges(Recording board, Random random) {
    List<Led> leds =
        Boards.WIFIRE.leds().stream()
            .filter(led -> board.edges(led.pin().index()).size() > 8)
            .toList();
    Led led = leds.get(random.nextInt(leds.size()));
    List<Event> edges = board.edges(led.pin().index());
    List<Event> inside = edges.stream().filter(e -> e.nanos() > FIRST && e.nanos() < LAST).toList();
    Event victim = inside.get(random.nextInt(inside.size()));
    Event next = edges.get(edges.indexOf(victim) + 1);
    List<Event> events = new ArrayList<>(board.events);
    switch (this) {
      case MISSING_EDGE -> events.remove(victim);
      case MISSING_PULSE -> events.removeAll(List.of(victim, next));
      case EXTRA_PULSE -> pulse(events, victim, next, random);
      case SHIFTED_EDGE -> shift(events, victim, random);
      default -> events.removeIf(e -> e.pin() == victim.pin() && e.nanos() >= stuck(victim));
    }
    return of(board, events, led.name(), this == STUCK_LED ? stuck(victim) : victim.nanos());
  }

  /** Early enough that the pin's silence can be told from a short one. */
  private static long stuck(Event victim) {
    return Math.min(victim.nanos(), 6_000_000_000L);
  }

  private static void pulse(List<Event> events, Event victim, Event next, Random random) {
    long gap = next.nanos() - victim.nanos();
    long start = victim.nanos() + 10_000_000 + random.nextLong(gap / 2);
    long end = start + 5_000_000 + random.nextLong(gap / 4);
    events.add(new Event(start, victim.pin(), 1 - victim.value()));
    events.add(new Event(end, victim.pin(), victim.value()));
    events.sort(Comparator.comparingLong(Event::nanos));
  }

  private static void shift(List<Event> events, Event victim, Random random) {
    long by = (4_000_000 + random.nextLong(80_000_000)) * (random.nextBoolean() ? 1 : -1);
    events.set(events.indexOf(victim), victim.at(victim.nanos() + by));
    events.sort(Comparator.comparingLong(Event::nanos));
  }

  /** All pins fall, and a little later everything begins anew. */
  private Case reset(Recording board, Random random) {
    long at = time(random, 6_000_000_000L);
    long boot = at + random.nextLong(1_500_000_000);
    List<Event> events = new ArrayList<>(without(board, e -> e.nanos() >= at));
    for (Led led : Boards.WIFIRE.leds()) {
      List<Event> before = events.stream().filter(e -> e.pin() == led.pin().index()).toList();
      if (!before.isEmpty() && before.getLast().value() == 1) {
        events.add(new Event(at, led.pin().index(), 0));
      }
    }
    for (Event event : board.events) {
      if (event.nanos() + boot < board.end) {
        events.add(event.at(event.nanos() + boot));
      }
    }
    return of(board, events, "board", at);
  }

  private Case pause(Recording board, Random random) {
    long at = time(random, 5_000_000_000L);
    long by = 120_000_000 + random.nextLong(70_000_000);
    List<Event> events =
        board.events.stream().map(e -> e.nanos() < at ? e : e.at(e.nanos() + by)).toList();
    return of(board, events, "", at);
  }

  /** The line as a text of bits, read at another speed. */
  private static List<Event> wrongBaud(Recording board, Random random) {
    double[] ratios = {0.5, 2, 1 / 3.0, 12, 1 / 12.0, 4, 0.25, 2.0 / 3};
    List<Event> events = new ArrayList<>(without(board, Event::isByte));
    events.addAll(misread(board.bytes(), ratios[random.nextInt(ratios.length)]));
    return events;
  }

  /** What a receiver makes of bytes at 115200 baud whose bits last {@code ratio} times as long. */
  static List<Event> misread(List<Event> bytes, double ratio) {
    double bit = 8_680 * ratio;
    List<Event> events = new ArrayList<>();
    int index = 0;
    long idleFrom = 0;
    while (index < bytes.size()) {
      // the receiver sees a start bit in byte `index`, or in the middle of it
      long start = Math.max(bytes.get(index).nanos() - 86_800, idleFrom);
      while (index < bytes.size() && level(bytes, index, start) != 0) {
        start += 200;
        if (start >= bytes.get(index).nanos()) {
          index++;
          start = index < bytes.size() ? Math.max(start, bytes.get(index).nanos() - 86_800) : start;
        }
      }
      int value = 0;
      for (int k = 0; k < 8; k++) {
        value |= level(bytes, index, start + Math.round((1.5 + k) * bit)) << k;
      }
      idleFrom = start + Math.round(9.5 * bit);
      if (index < bytes.size()) {
        events.add(Event.sent(idleFrom, value));
      }
      while (index < bytes.size() && bytes.get(index).nanos() <= idleFrom) {
        index++;
      }
    }
    return events;
  }

  /** The line at a time at or behind the start of byte {@code from}. */
  private static int level(List<Event> bytes, int from, long time) {
    for (int i = from; i < bytes.size(); i++) {
      long start = bytes.get(i).nanos() - 86_800;
      if (time < start) {
        return 1;
      }
      int bit = (int) ((time - start) / 8_680);
      if (bit < 10) {
        return bit == 0 ? 0 : bit == 9 ? 1 : bytes.get(i).value() >> bit - 1 & 1;
      }
    }
    return 1;
  }
}
