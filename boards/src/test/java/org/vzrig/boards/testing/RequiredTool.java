package org.vzrig.boards.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program of the host that a test compares with. */
public final class RequiredTool {
  private RequiredTool() {}

  /**
   * The program called {@code name}. Without it the test is skipped with a line that names the
   * Debian package; under CI=true, where .ci/run has installed everything, the test fails.
   */
  public static Path find(String name, String debianPackage) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isEmpty()) {
      missing("needs " + name + " from Debian's package " + debianPackage);
    }
    return found.orElseThrow();
  }

  /** Skips the test with a line that says {@code message}; under CI=true, fails it. */
  public static void missing(String message) {
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(message);
    }
    System.err.println("skipped: " + message);
    Assumptions.abort(message);
  }
}
