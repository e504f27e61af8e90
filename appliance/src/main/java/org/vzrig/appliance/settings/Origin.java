package org.vzrig.appliance.settings;

/**
 * Where a setting was made.
 *
 * @param source a file, {@code environment} or {@code command line}
 * @param line the line of a file, or 0
 */
public record Origin(String source, int line) {
  /** Nobody made it: the value is the built-in one. */
  public static final Origin BUILT_IN = new Origin("built in", 0);

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line;
  }
}
