package org.vzrig.appliance.run;

/** Finds a text in a stream of bytes, one byte at a time (Knuth, Morris and Pratt). */
final class Matcher {
  private final String text;
  private final int[] fallback;
  private int matched;

  Matcher(String text) {
    this.text = text;
    fallback = new int[text.length() + 1];
    fallback[0] = -1;
    for (int i = 0, border = -1; i < text.length(); ) {
      while (border >= 0 && text.charAt(i) != text.charAt(border)) {
        border = fallback[border];
      }
      fallback[++i] = ++border;
    }
  }

  /** Takes the next byte; whether the text ends with it. */
  boolean feed(int value) {
    while (matched >= 0 && (matched == text.length() || text.charAt(matched) != value)) {
      matched = fallback[matched];
    }
    return ++matched == text.length();
  }
}
