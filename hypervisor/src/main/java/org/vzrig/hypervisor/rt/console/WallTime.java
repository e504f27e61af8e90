package org.vzrig.hypervisor.rt.console;

import java.util.Locale;

/** Time since the start in tinyVP's form. */
public final class WallTime {
  private static final long MILLI = 1_000_000;

  private WallTime() {}

  /** {@code HH:MM:SS.mmm}, with days in front where there are any. */
  public static String text(long nanoseconds) {
    long millis = nanoseconds / MILLI;
    long seconds = millis / 1000;
    long minutes = seconds / 60;
    long hours = minutes / 60;
    long days = hours / 24;
    String time =
        String.format(
            Locale.ROOT,
            "%02d:%02d:%02d.%03d",
            hours % 24,
            minutes % 60,
            seconds % 60,
            millis % 1000);
    return days == 0 ? time : days + ":" + time;
  }
}
