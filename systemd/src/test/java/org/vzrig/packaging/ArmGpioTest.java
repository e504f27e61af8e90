package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.boards.testing.RequiredTool;

/**
 * GPIO lines of 64-bit ARM through the native code of Pi4J, which exists for ARM alone: {@code
 * systemd/vm/arm/check} runs in qemu on Debian's kernel.
 */
@Tag("vm")
class ArmGpioTest {
  private static List<String> results = List.of();

  @BeforeAll
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  static void boot() throws Exception {
    RequiredTool.find("qemu-system-aarch64", "qemu-system-arm");
    RequiredTool.find("cpio", "cpio");
    results = VmTest.run("arm/run");
  }

  /**
   * What was checked: the script checks the same with each driver, so that its text has no list.
   */
  static Stream<String> checks() {
    return CheckScript.told(results);
  }

  @ParameterizedTest
  @MethodSource("checks")
  void passes(String check) {
    CheckScript.assertPassed(check, results);
  }

  @Test
  void runsToItsEnd() {
    assertEquals("done", results.isEmpty() ? "" : results.getLast());
  }
}
