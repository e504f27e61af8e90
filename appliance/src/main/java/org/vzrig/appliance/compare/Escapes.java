package org.vzrig.appliance.compare;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Texts and numbers as JSON, XML and HTML want them. */
final class Escapes {
  private Escapes() {}

  /** {@code text} as a JSON string. */
  static String json(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  /** {@code texts} as a JSON array. */
  static String json(Collection<String> texts) {
    return texts.stream().map(Escapes::json).collect(Collectors.joining(",", "[", "]"));
  }

  /** {@code text} between tags or in an attribute. */
  static String xml(String text) {
    StringBuilder xml = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '"' -> xml.append("&quot;");
        default -> xml.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
      }
    }
    return xml.toString();
  }

  /** Seconds with six decimals. */
  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.6f", nanos / 1e9);
  }
}
