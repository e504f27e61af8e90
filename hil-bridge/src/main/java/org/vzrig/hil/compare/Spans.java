package org.vzrig.hil.compare;

import java.util.Locale;

/** Spans of time for people. */
public final class Spans {
  private Spans() {}

  /** Such as {@code 250 us}, {@code 12.5 ms} or {@code 3.20 s}. */
  public static String shown(long nanos) {
    double value = Math.abs((double) nanos);
    String sign = nanos < 0 ? "-" : "";
    if (value < 1e3) {
      return nanos + " ns";
    }
    if (value < 1e6) {
      return sign + number(value / 1e3) + " us";
    }
    return sign + (value < 1e9 ? number(value / 1e6) + " ms" : number(value / 1e9) + " s");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
