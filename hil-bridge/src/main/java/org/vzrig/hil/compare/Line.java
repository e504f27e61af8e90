package org.vzrig.hil.compare;

/** A line of a console, without its end. */
final class Line implements Token {
  private final String text;
  private final String normal;
  private final long[] times;
  private final boolean partial;

  /**
   * A line.
   *
   * @param text what was printed, normalized but for the rules
   * @param normal what is compared
   * @param times when each character of {@code text} came
   * @param partial whether its end was not seen: the recording ended
   */
  Line(String text, String normal, long[] times, boolean partial) {
    this.text = text;
    this.normal = normal;
    this.times = times;
    this.partial = partial;
  }

  String text() {
    return text;
  }

  String normal() {
    return normal;
  }

  /** When character {@code i} of the text came. */
  long nanos(int i) {
    return times[i];
  }

  boolean partial() {
    return partial;
  }

  @Override
  public long nanos() {
    return times[0];
  }

  @Override
  public boolean same(Token other) {
    Line line = (Line) other;
    if (normal.equals(line.normal)) {
      return true;
    }
    return partial && line.normal.startsWith(normal)
        || line.partial && normal.startsWith(line.normal);
  }

  @Override
  public int key() {
    return normal.hashCode();
  }

  @Override
  public String shown() {
    return text;
  }
}
