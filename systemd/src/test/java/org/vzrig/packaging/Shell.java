package org.vzrig.packaging;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Runs programs of the host and keeps what they say. */
final class Shell {
  private Shell() {}

  /**
   * How a program ended.
   *
   * @param exit its exit status
   * @param output what it wrote on either output
   */
  record Result(int exit, String output) {}

  static Result run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    String output = process.inputReader().lines().collect(Collectors.joining("\n"));
    return new Result(process.waitFor(), output);
  }

  /** The package that the build has made. */
  static Path deb() {
    return Path.of(System.getProperty("vzrig.deb"));
  }
}
