package org.vzrig.hil.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what became of a channel's tokens into findings with their contexts. Several missing tokens
 * in a row are one finding, and a long row means that the line is dead or the pin stuck.
 */
class Chronicle<T extends Token> implements Outcome<T> {
  private static final int CONTEXT = 3;
  private static final int SILENT = 4;
  private static final long SILENT_NANOS = 1_000_000_000;

  private final String channel;
  private final Settings settings;
  private final Scope scope;
  private final Wording<T> wording;
  private final Findings findings;
  private final ChannelCount count;

  private final Deque<T> firstTrail = new ArrayDeque<>();
  private final Deque<T> secondTrail = new ArrayDeque<>();
  private final List<Open> open = new ArrayList<>();
  private @Nullable T lastFirst;
  private @Nullable T lastSecond;

  private int jumps;
  private long shift;

  private final List<T> run = new ArrayList<>();
  private long runLength;
  private boolean runMissing;
  private @Nullable T runLast;

  private static final class Open {
    private final Finding finding;
    private int left = CONTEXT;

    Open(Finding finding) {
      this.finding = finding;
    }
  }

  Chronicle(String channel, Settings settings, Scope scope, Wording<T> wording, Findings findings) {
    this.channel = channel;
    this.settings = settings;
    this.scope = scope;
    this.wording = wording;
    this.findings = findings;
    count = new ChannelCount(channel);
  }

  ChannelCount count() {
    return count;
  }

  @Override
  public void matched(T first, T second, long offNanos) {
    endRun(false);
    count.matched(offNanos, jumps > 0);
    boolean edge = first instanceof Edge;
    scope.clock().observe(first.nanos(), second.nanos(), offNanos, jumps, edge);
    tell(first, second, offNanos, Status.SAME);
    lastFirst = first;
    lastSecond = second;
    trail(first, second);
  }

  @Override
  public void off(T first, T second, long offNanos) {
    endRun(false);
    Finding.Kind kind = offNanos > 0 ? Finding.Kind.LATE : Finding.Kind.EARLY;
    String text =
        "%s %s %s on the %s side"
            .formatted(
                wording.one(first),
                Spans.shown(Math.abs(offNanos)),
                offNanos > 0 ? "later" : "earlier",
                scope.second());
    tell(first, second, offNanos, Status.OFF);
    report(kind, first.nanos(), second.nanos(), 1, text, first, second);
    lastFirst = first;
    lastSecond = second;
  }

  /** Both have it, but a part of it comes {@code offNanos} too late. */
  void slipped(T first, T second, long offNanos, String text) {
    endRun(false);
    tell(first, second, offNanos, Status.OFF);
    Finding.Kind kind = offNanos > 0 ? Finding.Kind.LATE : Finding.Kind.EARLY;
    report(kind, first.nanos(), second.nanos(), 1, text, first, second);
    lastFirst = first;
    lastSecond = second;
  }

  @Override
  public void different(T first, T second) {
    endRun(false);
    tell(first, second, 0, Status.DIFFERENT);
    String text = wording.difference(first, second);
    report(Finding.Kind.DIFFERENT, first.nanos(), second.nanos(), 1, text, first, second);
    lastFirst = first;
    lastSecond = second;
  }

  @Override
  public void missing(T first) {
    if (scope.within(first.nanos()) && scope.within(first.nanos() + shift)) {
      tell(first, null, 0, Status.MISSING);
      addToRun(first, true);
    }
  }

  @Override
  public void extra(T second) {
    long nanos = scope.clock().first(second.nanos());
    if (scope.within(nanos) && scope.within(nanos - shift)) {
      tell(null, second, 0, Status.EXTRA);
      addToRun(second, false);
    }
  }

  @Override
  public void jumped(T first, T second, long byNanos) {
    endRun(false);
    jumps++;
    shift += byNanos;
    if (!findings.knownJump(first.nanos(), byNanos, settings.tolerance().textNanos())) {
      String text =
          "from here on everything is %s %s on the %s side: a reset, or something held it up"
              .formatted(
                  Spans.shown(Math.abs(byNanos)),
                  byNanos > 0 ? "later" : "earlier",
                  scope.second());
      report(Finding.Kind.JUMP, first.nanos(), second.nanos(), 1, text, first, second);
    } else {
      count.finding();
    }
  }

  /** No more tokens will come. */
  void end() {
    endRun(true);
  }

  private void addToRun(T token, boolean missing) {
    count.unmatched();
    if (runLength > 0 && runMissing != missing) {
      endRun(false);
    }
    runMissing = missing;
    runLength++;
    runLast = token;
    if (run.size() < SILENT) {
      run.add(token);
    }
  }

  private void endRun(boolean end) {
    T last = runLast;
    if (runLength == 0 || last == null) {
      return;
    }
    T begin = run.getFirst();
    boolean enough = runLength >= SILENT && last.nanos() - begin.nanos() >= SILENT_NANOS;
    if ((enough || end && runLength >= SILENT) && quiet(begin, last)) {
      silent(begin, last);
    } else if (runLength > CONTEXT) {
      several(begin);
    } else {
      run.forEach(this::single);
    }
    run.clear();
    runLength = 0;
  }

  /** Whether the other side did nothing at all meanwhile. */
  private boolean quiet(T begin, T last) {
    ClockMap clock = scope.clock();
    return runMissing
        ? wording.quiet(
            false, clock.second(begin.nanos()) + shift, clock.second(last.nanos()) + shift)
        : wording.quiet(
            true, clock.first(begin.nanos() - shift), clock.first(last.nanos() - shift));
  }

  private void single(T token) {
    String side = runMissing ? scope.second() : scope.first();
    String text = "%s, not on the %s side".formatted(wording.one(token), side);
    unpaired(runMissing ? Finding.Kind.MISSING : Finding.Kind.EXTRA, token, 1, text);
  }

  private void several(T begin) {
    String side = runMissing ? scope.first() : scope.second();
    String text =
        "%d %s on the %s side alone, from %s on"
            .formatted(runLength, wording.many(), side, wording.one(begin));
    unpaired(runMissing ? Finding.Kind.MISSING : Finding.Kind.EXTRA, begin, runLength, text);
  }

  private void silent(T begin, T last) {
    String side = runMissing ? scope.second() : scope.first();
    String text =
        "%s for %s, while the %s side has %d %s"
            .formatted(
                wording.silent(side, runMissing ? lastSecond : lastFirst),
                Spans.shown(last.nanos() - begin.nanos()),
                runMissing ? scope.first() : scope.second(),
                runLength,
                wording.many());
    unpaired(wording.silence(), begin, runLength, text);
  }

  private void unpaired(Finding.Kind kind, T token, long number, String text) {
    long first = runMissing ? token.nanos() : scope.clock().first(token.nanos());
    long second = runMissing ? scope.clock().second(token.nanos()) : token.nanos();
    report(kind, first, second, number, text, runMissing ? token : null, runMissing ? null : token);
  }

  private void report(
      Finding.Kind kind,
      long nanos,
      long secondNanos,
      long number,
      String text,
      @Nullable T first,
      @Nullable T second) {
    Finding finding = new Finding(kind, channel, nanos, secondNanos, number, text);
    finding.context(shown(firstTrail), shown(secondTrail));
    finding.context(
        first == null ? List.of() : List.of(shown("> ", first)),
        second == null ? List.of() : List.of(shown("> ", second)));
    trail(first, second);
    open.add(new Open(finding));
    if (first != null && second != null) {
      count.unmatched();
    }
    count.finding();
    findings.add(finding);
  }

  private void trail(@Nullable T first, @Nullable T second) {
    remember(firstTrail, first);
    remember(secondTrail, second);
    if (!open.isEmpty()) {
      List<String> ofFirst = first == null ? List.of() : List.of(shown("  ", first));
      List<String> ofSecond = second == null ? List.of() : List.of(shown("  ", second));
      for (Open one : open) {
        one.finding.context(ofFirst, ofSecond);
        one.left--;
      }
      open.removeIf(one -> one.left <= 0);
    }
  }

  private void remember(Deque<T> trail, @Nullable T token) {
    if (token != null) {
      trail.add(token);
      if (trail.size() > CONTEXT) {
        trail.removeFirst();
      }
    }
  }

  private List<String> shown(Deque<T> tokens) {
    return tokens.stream().map(token -> shown("  ", token)).toList();
  }

  private String shown(String mark, T token) {
    return "%s%11.6f %s".formatted(mark, token.nanos() / 1e9, wording.one(token));
  }

  private void tell(@Nullable T first, @Nullable T second, long off, Status status) {
    settings
        .listener()
        .row(
            new Row(
                channel,
                status,
                first == null ? Row.NONE : first.nanos(),
                first == null ? "" : first.shown(),
                second == null ? Row.NONE : second.nanos(),
                second == null ? "" : second.shown(),
                off));
  }
}
