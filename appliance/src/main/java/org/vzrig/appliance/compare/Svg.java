package org.vzrig.appliance.compare;

import java.util.Locale;

/** An inline SVG picture in the making. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height, String label) {
    out.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
            .formatted(width, height, Escapes.xml(label)));
  }

  private static String n(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  Svg line(String type, double x1, double y1, double x2, double y2) {
    out.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(type, n(x1), n(y1), n(x2), n(y2)));
    return this;
  }

  Svg text(String type, double x, double y, String text) {
    out.append(
        "<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>\n"
            .formatted(type, n(x), n(y), Escapes.xml(text)));
    return this;
  }

  Svg dot(String type, double x, double y, double radius) {
    out.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
            .formatted(type, n(x), n(y), n(radius)));
    return this;
  }

  /** A rectangle that tells {@code title} to the pointer. */
  Svg box(String type, double x, double y, double width, double height, String title) {
    String inside = title.isEmpty() ? "" : "<title>" + Escapes.xml(title) + "</title>";
    out.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\">%s</rect>\n"
            .formatted(type, n(x), n(y), n(width), n(height), inside));
    return this;
  }

  /** A path of steps that was begun with {@link Steps}. */
  Svg path(String type, Steps steps) {
    out.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(type, steps.data));
    return this;
  }

  @Override
  public String toString() {
    return out + "</svg>\n";
  }

  /** A line that goes only across and up and down, as levels do. */
  static final class Steps {
    private final StringBuilder data = new StringBuilder();
    private double lastX = Double.NEGATIVE_INFINITY;

    Steps(double x, double y) {
      data.append('M').append(n(x)).append(' ').append(n(y));
    }

    /** At {@code x} it goes to {@code y}; steps too near to be seen apart are drawn once. */
    Steps to(double x, double y) {
      if (x - lastX >= 0.2) {
        data.append('H').append(n(x));
        lastX = x;
      }
      data.append('V').append(n(y));
      return this;
    }

    Steps end(double x) {
      data.append('H').append(n(x));
      return this;
    }
  }
}
