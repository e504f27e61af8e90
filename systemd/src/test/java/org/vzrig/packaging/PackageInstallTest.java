package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.boards.testing.RequiredTool;

/**
 * dpkg installs, upgrades, removes and purges the package, in a mount namespace of its own where an
 * overlay over this computer's root takes all changes and is gone afterwards. No systemd runs
 * there.
 */
class PackageInstallTest {
  private static final String OVERLAY =
      """
      set -e
      mount -t tmpfs vzrig "$1"
      mkdir "$1/upper" "$1/work" "$1/root"
      mount -t overlay vzrig -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
      mount -t proc proc "$1/root/proc"
      mount --rbind /dev "$1/root/dev"
      mount -t tmpfs run "$1/root/run"
      cp "$2" "$1/root/run/check.sh"
      cp "$3" "$1/root/run/vzrig.deb"
      exec chroot "$1/root" bash /run/check.sh /run/vzrig.deb "$4"
      """;

  @TempDir static Path folder = Path.of("");
  private static List<String> results = List.of();

  @BeforeAll
  static void install() throws Exception {
    RequiredTool.find("dpkg-deb", "dpkg");
    Path unshare = RequiredTool.find("unshare", "util-linux");
    Assumptions.assumeTrue(
        "true".equals(System.getenv("CI")) || "root".equals(System.getProperty("user.name")),
        "installing needs root");
    Path script = Files.writeString(folder.resolve("check.sh"), script());
    Path mountPoint = Files.createDirectory(folder.resolve("mnt"));
    results =
        Shell.run(
                List.of(
                    unshare.toString(),
                    "--mount",
                    "bash",
                    "-c",
                    OVERLAY,
                    "bash",
                    mountPoint.toString(),
                    script.toString(),
                    Shell.deb().toString(),
                    System.getProperty("vzrig.version")))
            .output()
            .lines()
            .toList();
  }

  /** The names that the script checks. */
  static Stream<String> checks() throws IOException {
    return CheckScript.names(script());
  }

  private static String script() throws IOException {
    try (InputStream script = PackageInstallTest.class.getResourceAsStream("/install-check.sh")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void passes(String check) {
    CheckScript.assertPassed(check, results);
  }

  @Test
  void runsToItsEnd() {
    assertEquals("done", results.getLast());
  }
}
