package org.vzrig.hil.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;

/**
 * Compares two captures.
 *
 * <p>Three passes over each: a {@link Survey} of what is there; a match with wide limits, which
 * relates the clocks ({@link Vote}, {@link FollowingClock}, {@link ClockFit}) and is cut where only
 * one side was reset ({@link Restarts}); and the match that counts. Memory does not grow with the
 * captures.
 */
public final class Comparer {
  private static final long WIDE_NANOS = 25_000_000;

  /** What parts shortly before a reset is the reset's doing: pins fall, lines fall silent. */
  private static final long BEFORE_RESET_NANOS = 3_000_000_000L;

  private static final double GARBAGE = 0.75;

  private final Input firstInput;
  private final Input secondInput;
  private final Settings settings;
  private final Findings findings = new Findings();
  private final List<ChannelCount> skipped = new ArrayList<>();
  private final Survey first;
  private final Survey second;

  private Comparer(Input firstInput, Input secondInput, Settings settings) throws IOException {
    this.firstInput = firstInput;
    this.secondInput = secondInput;
    this.settings = settings;
    first = Survey.of(firstInput, settings.rules());
    second = Survey.of(secondInput, settings.rules());
  }

  /**
   * Compares {@code second} with {@code first}.
   *
   * @throws IOException when a capture cannot be read
   */
  public static Comparison compare(Input first, Input second, Settings settings)
      throws IOException {
    return new Comparer(first, second, settings).run();
  }

  private Comparison run() throws IOException {
    List<Integer> uarts = uarts();
    List<Integer> pins = pins();
    ClockFit fit = relate(Vote.of(first, second, settings.tolerance()), uarts, pins);
    LinearClock clock = fit.clock();
    Restarts.Restart restart = Restarts.unpaired(first, second, clock);
    Scope scope = scope(clock, restart);
    List<ChannelCount> channels = new ArrayList<>();
    if (scope.to() > scope.from()) {
      long edge = settings.tolerance().edgeNanos();
      long text = settings.tolerance().textNanos();
      channels.addAll(pass(scope, settings, findings, uarts, pins, edge, text));
    }
    levels(pins);
    if (restart != null) {
      reset(restart, clock);
    }
    clockRate(fit);
    channels.addAll(skipped);
    return verdict(fit, scope, channels);
  }

  private List<ChannelCount> pass(
      Scope scope,
      Settings how,
      Findings into,
      List<Integer> uarts,
      List<Integer> pins,
      long edge,
      long text)
      throws IOException {
    Pass pass = new Pass(scope);
    for (int uart : uarts) {
      pass.uart(uart, new ConsoleLane(uart, how, scope, into, text));
    }
    for (int pin : pins) {
      pass.pin(pin, new EdgeLane(pin, how, scope, into, edge));
    }
    return pass.run(firstInput, secondInput);
  }

  /** The passes that relate the clocks: of several guesses the one that matches most. */
  private ClockFit relate(List<LinearClock> guesses, List<Integer> uarts, List<Integer> pins)
      throws IOException {
    ClockFit best = new ClockFit(0, 0, 0, 0, List.of());
    double most = -1;
    for (LinearClock guess : guesses) {
      Restarts.Restart restart = Restarts.unpaired(first, second, guess);
      FollowingClock following = new FollowingClock(guess);
      Scope found = scope(guess, restart);
      Scope scope = new Scope("", "", following, found.from(), found.to(), found.margin());
      long edge = Math.max(WIDE_NANOS, 2 * settings.tolerance().edgeNanos());
      long text = Math.max(WIDE_NANOS, settings.tolerance().textNanos());
      Settings silent = settings.listening(row -> {});
      List<ChannelCount> counts = pass(scope, silent, new Findings(), uarts, pins, edge, text);
      double share = counts.stream().mapToDouble(ChannelCount::share).sum();
      if (share > most) {
        most = share;
        best = ClockFit.through(following.anchors(), guess);
      }
    }
    return best;
  }

  private Scope scope(ClockMap clock, Restarts.@Nullable Restart restart) {
    long margin = 2 * Math.max(settings.tolerance().edgeNanos(), settings.tolerance().textNanos());
    long from = Math.max(0, clock.first(0));
    long to = Math.min(first.nanos(), clock.first(second.nanos()));
    if (restart != null) {
      to = Math.min(to, restart.nanos() - margin);
    }
    // both begin with a reset when they begin together: then nothing may be missing there
    boolean together = from <= margin;
    return new Scope(first.name(), second.name(), clock, together ? -margin : from, to, margin);
  }

  /** UARTs to compare; what is wrong with the others is told. */
  private List<Integer> uarts() {
    TreeSet<Integer> all = new TreeSet<>(first.uarts().keySet());
    all.addAll(second.uarts().keySet());
    List<Integer> compared = new ArrayList<>();
    for (int uart : all) {
      Survey.Uart a = first.uarts().get(uart);
      Survey.Uart b = second.uarts().get(uart);
      String name = "U" + uart;
      if (!first.watched(uart) || !second.watched(uart)) {
        String side = first.watched(uart) ? second.name() : first.name();
        skip(name, "the " + side + " side did not record it");
      } else if (a == null || b == null) {
        dead(name, a == null ? first.name() : second.name(), a == null ? b : a);
      } else if (baud(name, uart, a, b)) {
        skip(name, "it is read at another speed than it is sent at");
      } else {
        compared.add(uart);
      }
    }
    return compared;
  }

  private void skip(String channel, String why) {
    skipped.add(ChannelCount.skipped(channel, why));
  }

  private void dead(String name, String side, Survey.@Nullable Uart other) {
    long bytes = other == null ? 0 : other.bytes;
    long nanos = other == null || other.head.isEmpty() ? 0 : other.head.getFirst().nanos();
    String text =
        "nothing comes from %s of the %s side, while the other one sends %d bytes"
            .formatted(name, side, bytes);
    report(Finding.Kind.DEAD_LINE, name, nanos, text);
    skip(name, "the line is dead on the " + side + " side");
  }

  private void report(Finding.Kind kind, String channel, long nanos, String text) {
    findings.add(new Finding(kind, channel, nanos, nanos, 1, text));
  }

  /** Whether one side sends text and the other one rubbish that another speed explains. */
  private boolean baud(String name, int uart, Survey.Uart a, Survey.Uart b) {
    double good = (double) a.printable / a.bytes;
    double bad = (double) b.printable / b.bytes;
    boolean firstIsBad = good < bad;
    if (Math.min(good, bad) > GARBAGE || Math.max(good, bad) < 0.9 || inCommon(a, b)) {
      return false;
    }
    byte[] sent = (firstIsBad ? b : a).sample.toByteArray();
    byte[] seen = (firstIsBad ? a : b).sample.toByteArray();
    Optional<BaudGuess.Guess> guess = BaudGuess.guess(sent, seen);
    String side = firstIsBad ? first.name() : second.name();
    String what =
        guess.map(g -> speeds(g, uart, firstIsBad)).orElse("nothing that we know explains");
    String text = "what %s of the %s side sends is unreadable: %s".formatted(name, side, what);
    report(Finding.Kind.BAUD, name, 0, text);
    return true;
  }

  private static boolean inCommon(Survey.Uart a, Survey.Uart b) {
    return a.head.stream()
        .filter(line -> line.normal().length() > 3)
        .anyMatch(line -> b.head.stream().anyMatch(other -> other.normal().equals(line.normal())));
  }

  private String speeds(BaudGuess.Guess guess, int uart, boolean firstIsBad) {
    long known = speed(firstIsBad ? second : first, uart);
    String ratio = "it is sent %.3g times as fast as it is read".formatted(guess.ratio());
    return known == 0
        ? ratio
        : "%s, as %d baud read at %d".formatted(ratio, guess.sender(known), known);
  }

  private static long speed(Survey survey, int uart) {
    String name = "U" + uart + " ";
    long speed =
        survey.bauds().stream()
            .filter(text -> text.startsWith(name))
            .mapToLong(text -> Long.parseLong(text.substring(name.length()).strip()))
            .findFirst()
            .orElse(0);
    // what a divisor gives is near a usual speed
    return speed == 0 ? 0 : new BaudGuess.Guess(1, 1).sender(speed);
  }

  /** Pins to compare: LEDs, and what was asked for. */
  private List<Integer> pins() {
    TreeSet<Integer> wanted = new TreeSet<>();
    settings.board().leds().stream().map(Led::pin).map(Pin::index).forEach(wanted::add);
    settings.pins().stream().map(Pin::index).forEach(wanted::add);
    List<Integer> compared = new ArrayList<>();
    for (int pin : wanted) {
      if (first.watchedPin(pin) && second.watchedPin(pin)) {
        compared.add(pin);
      } else if (edges(first, pin) + edges(second, pin) > 0) {
        String side = first.watchedPin(pin) ? second.name() : first.name();
        skip(name(pin), "the " + side + " side did not record it");
      }
    }
    compared.removeIf(pin -> edges(first, pin) + edges(second, pin) == 0 && sameLevel(pin));
    return compared;
  }

  private String name(int pin) {
    return EdgeLane.name(pin, settings.led(pin));
  }

  private static long edges(Survey survey, int pin) {
    Survey.Pin edges = survey.pins().get(pin);
    return edges == null ? 0 : edges.edges;
  }

  private boolean sameLevel(int pin) {
    return first.high(pin) == second.high(pin);
  }

  /** Pins that never change, but rest at different levels. */
  private void levels(List<Integer> pins) {
    for (int pin : pins) {
      if (edges(first, pin) + edges(second, pin) == 0 && !sameLevel(pin)) {
        String text =
            "%s is %s all the time on the %s side, and not on the %s side"
                .formatted(
                    name(pin), first.high(pin) ? "high" : "low", first.name(), second.name());
        report(Finding.Kind.STUCK, name(pin), 0, text);
      }
    }
  }

  private void reset(Restarts.Restart restart, ClockMap clock) {
    findings.forgetFrom(restart.nanos() - BEFORE_RESET_NANOS);
    String text =
        "the %s side was reset, %s; what follows was not compared"
            .formatted(restart.ofFirst() ? first.name() : second.name(), restart.how());
    long nanos = restart.nanos();
    findings.add(new Finding(Finding.Kind.RESET, "board", nanos, clock.second(nanos), 1, text));
  }

  private void clockRate(ClockFit fit) {
    if (Math.abs(fit.ppm()) - fit.ppmError() > settings.tolerance().ppm()) {
      String text =
          "the clock of the %s side runs %.1f ppm %s than that of the %s side; %.0f are tolerated"
              .formatted(
                  second.name(),
                  Math.abs(fit.ppm()),
                  fit.ppm() > 0 ? "slower" : "faster",
                  first.name(),
                  settings.tolerance().ppm());
      report(Finding.Kind.CLOCK, "clock", 0, text);
    }
  }

  private Comparison verdict(ClockFit fit, Scope scope, List<ChannelCount> channels) {
    List<String> reasons = new ArrayList<>();
    boolean firstLossy = losses(first, reasons);
    boolean lossy = losses(second, reasons) || firstLossy;
    boolean nothing = first.bytes() + first.edges() == 0 && second.bytes() + second.edges() == 0;
    boolean compared = channels.stream().anyMatch(channel -> channel.skipped().isEmpty());
    Comparison.Verdict verdict = Comparison.Verdict.SAME;
    if (nothing) {
      reasons.add("neither side did anything that was recorded");
      verdict = Comparison.Verdict.UNKNOWN;
    } else if (!findings.kept().isEmpty()) {
      verdict = lossy ? Comparison.Verdict.UNKNOWN : Comparison.Verdict.DIFFERENT;
    } else if (!compared) {
      reasons.add("there is no channel that both sides recorded");
      verdict = Comparison.Verdict.UNKNOWN;
    }
    return new Comparison(
        verdict,
        reasons,
        first,
        second,
        fit,
        Math.max(0, scope.to() - Math.max(0, scope.from())),
        channels,
        findings.kept(),
        findings.counts());
  }

  private static boolean losses(Survey survey, List<String> reasons) {
    for (String loss : survey.losses()) {
      reasons.add(
          "the recording of the %s side is not complete: %s".formatted(survey.name(), loss));
    }
    return !survey.losses().isEmpty();
  }
}
