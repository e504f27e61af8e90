package org.vzrig.appliance.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of the computer that is looked at; a test puts others in their place.
 *
 * @param root where its file system begins
 */
record Host(Path root) {
  /** This computer. */
  static Host here() {
    return new Host(Path.of("/"));
  }

  /** The file of an absolute path. */
  Path file(String path) {
    return root.resolve(path.substring(1));
  }

  /** The files of {@code directory} that match one of {@code patterns}, by name. */
  List<Path> files(String directory, String... patterns) {
    List<Path> found = new ArrayList<>();
    for (String pattern : patterns) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(file(directory), pattern)) {
        files.forEach(found::add);
      } catch (IOException e) {
        // there is no such directory, which is to have no such files
      }
    }
    found.sort(null);
    return found;
  }

  /** The text of a file, or {@code otherwise} when it cannot be read. */
  String text(String path, String otherwise) {
    try {
      return Files.readString(file(path)).strip();
    } catch (IOException e) {
      return otherwise;
    }
  }

  /** The group of a file, which has to be a member's who may use it. */
  static String group(Path file) {
    try {
      return Files.readAttributes(file, PosixFileAttributes.class).group().getName();
    } catch (IOException e) {
      return "root";
    }
  }

  /** Whether this process may read and write {@code file}. */
  static boolean usable(Path file) {
    return Files.isReadable(file) && Files.isWritable(file);
  }
}
