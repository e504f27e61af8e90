package org.vzrig.hypervisor.config;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that a configuration names. tinyVP's build takes every path from the current
 * directory, which is the one that the configuration lies in; so the configuration's directory
 * comes first here and the current directory second.
 */
final class FileFinder {
  private final Path configDirectory;
  private final Path currentDirectory;

  FileFinder(Path config, Path currentDirectory) {
    Path parent = config.getParent();
    this.configDirectory = parent == null ? Path.of("") : parent;
    this.currentDirectory = currentDirectory;
  }

  /** The file, or null when it is in neither place. */
  @Nullable Path find(String name) {
    for (Path directory : new Path[] {configDirectory, currentDirectory}) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /** Where a file was looked for, for a message. */
  String places(String name) {
    return configDirectory.resolve(name)
        + " and "
        + currentDirectory.resolve(name).toAbsolutePath();
  }
}
