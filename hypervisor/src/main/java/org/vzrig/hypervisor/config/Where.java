package org.vzrig.hypervisor.config;

import java.nio.file.Path;

/**
 * A place in a text file.
 *
 * @param file the file, as it was named by its user
 * @param line line number from 1, or 0 for the file as a whole
 */
public record Where(Path file, int line) {
  /** The file as a whole. */
  public static Where file(Path file) {
    return new Where(file, 0);
  }

  @Override
  public String toString() {
    return line == 0 ? file.toString() : file + ":" + line;
  }
}
