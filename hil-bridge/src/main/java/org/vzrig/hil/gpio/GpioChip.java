package org.vzrig.hil.gpio;

/**
 * A GPIO chip of the host.
 *
 * @param name the name of its device, such as {@code gpiochip0}
 * @param label what its driver calls it; empty where that is not told
 * @param lines how many lines it has; 0 where that is not told
 * @param problem why it cannot be used; empty when it can
 */
public record GpioChip(String name, String label, int lines, String problem) {
  /** Whether {@code spec} means this chip. */
  boolean is(LineSpec spec) {
    return spec.chip().startsWith(LineSpec.LABEL)
        ? spec.chip().substring(LineSpec.LABEL.length()).equals(label)
        : spec.chip().equals(name);
  }

  /** Its name, and its label in brackets. */
  public String shown() {
    return label.isEmpty() ? name : name + " (" + label + ")";
  }
}
