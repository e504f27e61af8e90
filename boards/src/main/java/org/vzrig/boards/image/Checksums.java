package org.vzrig.boards.image;

/** What the text formats have in common about their checksums. */
final class Checksums {
  private Checksums() {}

  static String message(int expected, int found) {
    return "wrong checksum: expected %02X, found %02X".formatted(expected, found);
  }
}
