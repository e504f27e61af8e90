package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The package on a Debian with systemd in namespaces of this kernel, which has no USB there. */
@Tag("vm")
class ContainerTest {
  /** What {@code check.sh} skips in a container. */
  private static final Predicate<String> OF_ADAPTERS =
      Pattern.compile("^(gadget|adapter|modem|route)-").asPredicate();

  private static List<String> results = List.of();

  @BeforeAll
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  static void boot() throws Exception {
    results = VmTest.run("container");
  }

  /** The names that are checked. */
  static Stream<String> checks() throws IOException {
    return VmTest.checks().filter(OF_ADAPTERS.negate());
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
