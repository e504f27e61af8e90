package org.vzrig.hil.compare;

/** How alike two texts are, and where they part. */
public final class Texts {
  private static final int LONGEST = 400;

  private Texts() {}

  /**
   * What one text does to become the other.
   *
   * @param prefix characters that both begin with
   * @param suffix characters that both end with, behind the prefix
   */
  public record Split(int prefix, int suffix) {}

  /** Where {@code a} and {@code b} part and come together again. */
  public static Split split(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int prefix = 0;
    while (prefix < shorter && a.charAt(prefix) == b.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < shorter - prefix
        && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
      suffix++;
    }
    return new Split(prefix, suffix);
  }

  /** 1 for equal texts, 0 for texts that have nothing in common (by edit distance). */
  static double likeness(String a, String b) {
    Split split = split(a, b);
    String x = middle(a, split);
    String y = middle(b, split);
    int longer = Math.max(a.length(), b.length());
    return longer == 0 ? 1 : 1 - (double) distance(x, y) / longer;
  }

  /** As {@link #likeness}, by the common beginning and end alone. */
  static double roughLikeness(String a, String b) {
    Split split = split(a, b);
    return (double) (split.prefix() + split.suffix())
        / Math.max(1, Math.max(a.length(), b.length()));
  }

  private static String middle(String text, Split split) {
    return text.substring(split.prefix(), text.length() - split.suffix());
  }

  private static int distance(String a, String b) {
    if (a.isEmpty() || b.isEmpty() || a.length() > LONGEST || b.length() > LONGEST) {
      return Math.max(a.length(), b.length());
    }
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }

  /** Says in words how {@code found} differs from {@code expected}. */
  static String words(String expected, String found) {
    Split split = split(expected, found);
    String gone = middle(expected, split);
    String come = middle(found, split);
    int column = split.prefix() + 1;
    if (come.isEmpty()) {
      return "'%s' is missing at column %d".formatted(gone, column);
    }
    if (gone.isEmpty()) {
      return "'%s' is inserted at column %d".formatted(come, column);
    }
    return "'%s' instead of '%s' at column %d".formatted(come, gone, column);
  }
}
