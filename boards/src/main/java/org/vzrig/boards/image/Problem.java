package org.vzrig.boards.image;

import java.util.OptionalInt;

/**
 * Something wrong with an image.
 *
 * @param file file as the user gave it
 * @param line line in it, counted from 1; 0 where the file has no lines
 * @param address address that it is about, if it is about one
 * @param message what was expected and what was found
 */
public record Problem(String file, int line, OptionalInt address, String message) {
  /** A problem at a place in a file. */
  public static Problem at(Origin origin, String message) {
    return new Problem(origin.file(), origin.line(), OptionalInt.empty(), message);
  }

  /** A problem at a place in a file and an address. */
  public static Problem at(Origin origin, int address, String message) {
    return new Problem(origin.file(), origin.line(), OptionalInt.of(address), message);
  }

  @Override
  public String toString() {
    String place = new Origin(file, line) + ": ";
    return address.isEmpty()
        ? place + message
        : place + "%08X: ".formatted(address.getAsInt()) + message;
  }
}
