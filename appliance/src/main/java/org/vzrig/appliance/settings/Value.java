package org.vzrig.appliance.settings;

import java.nio.file.Path;
import java.util.List;

/**
 * One setting as somebody made it.
 *
 * @param texts its text, or the elements of a list
 * @param list whether it was written as a list
 * @param origin where it was made
 * @param base directory against which it names files
 */
record Value(List<String> texts, boolean list, Origin origin, Path base) {
  /** A setting of the environment or of the command line: a list is separated by spaces. */
  static Value ofText(String text, Origin origin) {
    return new Value(List.of(text), false, origin, Path.of("").toAbsolutePath());
  }
}
