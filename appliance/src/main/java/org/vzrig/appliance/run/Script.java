package org.vzrig.appliance.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plays the steps of a run on the machine thread, by virtual time alone, so that a run repeats.
 *
 * <p>Carriage returns are left out of what expectations see: boards end lines with {@code \n},
 * {@code \r\n} or {@code \n\r}. A text that itself holds a carriage return sees them.
 */
public final class Script {
  private static final int TAIL = 200;

  private final Deque<Step> steps = new ArrayDeque<>();
  private final List<Step.DoAt> timed = new ArrayList<>();
  private final List<Watch> failures = new ArrayList<>();
  private final Actions actions;
  private final StringBuilder tail = new StringBuilder();
  private final boolean endsWithExpectation;
  private @Nullable Watch current;

  /** What a script does to the run. */
  public interface Actions {
    /** Does {@code action} now. */
    void act(Action action);

    /** Does {@code action} at {@code at} after the start. */
    void actAt(Duration at, Action action);

    /** The last step was an expectation, and all are met. */
    void met();

    /** A text came that must not come. */
    void failed(String text);
  }

  private record Watch(String text, Matcher matcher, boolean seesReturns) {
    Watch(String text) {
      this(text, new Matcher(text), text.indexOf('\r') >= 0);
    }

    boolean feed(int value) {
      return (value != '\r' || seesReturns) && matcher.feed(value);
    }
  }

  /** A script of {@code all} steps. */
  public Script(List<Step> all, Actions actions) {
    this.actions = actions;
    for (Step step : all) {
      switch (step) {
        case Step.DoAt at -> timed.add(at);
        case Step.Fail fail -> failures.add(new Watch(fail.text()));
        default -> steps.add(step);
      }
    }
    endsWithExpectation = steps.peekLast() instanceof Step.Expect;
  }

  /** Before the machine runs: plans what has a time. */
  public void start() {
    timed.forEach(step -> actions.actAt(step.at(), step.action()));
    while (steps.peek() instanceof Step.Do(Action action)) {
      steps.remove();
      actions.actAt(action.earliest(), action);
    }
    next();
  }

  /** The console has printed {@code value}. */
  public void printed(int value) {
    remember(value);
    for (Watch failure : failures) {
      if (failure.feed(value)) {
        actions.failed(failure.text);
      }
    }
    if (current != null && current.feed(value)) {
      next();
    }
  }

  /** The expectation that is not met yet. */
  public Optional<String> missing() {
    return Optional.ofNullable(current).map(Watch::text);
  }

  /** The last that the console has printed, at most 200 characters, without carriage returns. */
  public String tail() {
    return tail.substring(Math.max(0, tail.length() - TAIL));
  }

  private void next() {
    current = null;
    while (steps.peek() instanceof Step.Do(Action action)) {
      steps.remove();
      actions.act(action);
    }
    if (steps.poll() instanceof Step.Expect expect) {
      current = new Watch(expect.text());
    } else if (endsWithExpectation) {
      actions.met();
    }
  }

  private void remember(int value) {
    if (value != '\r') {
      tail.append((char) value);
    }
    if (tail.length() > 2 * TAIL) {
      tail.delete(0, tail.length() - TAIL);
    }
  }
}
