package org.vzrig.hil.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds a reset that only one side had: its recorder noted it, or its first two lines of console
 * came again.
 */
final class Restarts {
  /** A boot loader may wait this long before the firmware prints. */
  private static final long BOOT_NANOS = 3_000_000_000L;

  /** A board that does this more often prints it, it does not restart. */
  private static final int MOST = 8;

  private Restarts() {}

  /**
   * A reset.
   *
   * @param nanos when, on the first side's clock
   * @param ofFirst whether it was the first side's
   * @param how how it is known
   */
  record Restart(long nanos, boolean ofFirst, String how) {}

  /** The first reset that only one side had; null when there is none. */
  static @Nullable Restart unpaired(Survey first, Survey second, ClockMap clock) {
    List<Restart> own = of(first, true, nanos -> nanos);
    List<Restart> other = of(second, false, clock::first);
    Restart earliest = null;
    for (Restart restart : own) {
      earliest = earlier(earliest, restart, other);
    }
    for (Restart restart : other) {
      earliest = earlier(earliest, restart, own);
    }
    return earliest;
  }

  private static @Nullable Restart earlier(
      @Nullable Restart best, Restart one, List<Restart> others) {
    boolean paired =
        others.stream().anyMatch(other -> Math.abs(other.nanos - one.nanos) < BOOT_NANOS);
    return paired || best != null && best.nanos <= one.nanos ? best : one;
  }

  private static List<Restart> of(Survey survey, boolean ofFirst, LongUnaryOperator time) {
    List<Restart> restarts = new ArrayList<>();
    for (long nanos : survey.resets()) {
      restarts.add(new Restart(time.applyAsLong(nanos), ofFirst, "as it was recorded"));
    }
    for (Survey.Uart uart : survey.uarts().values()) {
      if (uart.restarts.size() <= MOST) {
        for (long nanos : uart.restarts) {
          add(
              new Restart(time.applyAsLong(nanos), ofFirst, "its first lines came again"),
              restarts);
        }
      }
    }
    return restarts;
  }

  private static void add(Restart restart, List<Restart> restarts) {
    boolean known =
        restarts.stream()
            .anyMatch(r -> restart.nanos - r.nanos >= 0 && restart.nanos - r.nanos < BOOT_NANOS);
    if (!known) {
      restarts.add(restart);
    }
  }
}
