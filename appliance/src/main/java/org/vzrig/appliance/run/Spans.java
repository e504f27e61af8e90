package org.vzrig.appliance.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 10s}, {@code 1.5s}, {@code 250ms}, {@code 2h}. */
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final Duration LONGEST = Duration.ofDays(100 * 365);

  private Spans() {}

  /**
   * Reads a span.
   *
   * @throws IllegalArgumentException when it is none, or longer than a hundred years
   */
  public static Duration parse(String text) {
    Matcher parts = SPAN.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "expected a number and a unit ns, us, ms, s, m or h, such as 10s or 250ms, found '"
              + text
              + "'");
    }
    BigDecimal unit = BigDecimal.valueOf(NANOS.getOrDefault(parts.group(2), 0L));
    Duration span = Duration.ZERO.plusNanos(nanos(new BigDecimal(parts.group(1)).multiply(unit)));
    if (span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected at most a hundred years, found '" + text + "'");
    }
    return span;
  }

  private static long nanos(BigDecimal exact) {
    return exact.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }

  /** A span as a person would write it. */
  public static String shown(Duration span) {
    BigDecimal seconds = BigDecimal.valueOf(span.toNanos(), 9).stripTrailingZeros();
    return seconds.toPlainString() + " s";
  }
}
