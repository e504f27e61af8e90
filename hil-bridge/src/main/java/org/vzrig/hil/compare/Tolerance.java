package org.vzrig.hil.compare;

/**
 * How much two boards may differ in time.
 *
 * @param edgeNanos how far an edge may be from where it should be, once the clocks are related
 * @param textNanos the same for console output, which hosts deliver in lumps
 * @param ppm how far the rates of the clocks may be apart
 */
public record Tolerance(long edgeNanos, long textNanos, double ppm) {
  /** 2 ms for edges, 40 ms for text (a USB adapter holds bytes back for 16 ms), 250 ppm. */
  public static final Tolerance DEFAULT = new Tolerance(2_000_000, 40_000_000, 250);

  /** Checks the values. */
  public Tolerance {
    if (edgeNanos <= 0 || textNanos <= 0 || !(ppm > 0)) {
      throw new IllegalArgumentException("expected tolerances above 0");
    }
  }
}
