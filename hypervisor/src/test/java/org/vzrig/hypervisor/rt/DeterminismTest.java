package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.hypervisor.config.ConfigException;

/** The same configuration and input give the same run, cycle by cycle. */
class DeterminismTest {
  @ParameterizedTest
  @ValueSource(strings = {"wifire.config", "seven.config"})
  void twoRunsAreTheSame(String configuration) throws ConfigException {
    TestRig one = run(configuration);
    TestRig two = run(configuration);
    assertEquals(one.sent(), two.sent());
    assertEquals(one.edges(), two.edges());
    assertEquals(one.rig().status(), two.rig().status());
    assertEquals(one.machine().cycles(), two.machine().cycles());
  }

  private static TestRig run(String configuration) throws ConfigException {
    return TestRig.of(configuration).until(1.3).type("^E1=").run(0.7).type("^E2+^E01q").until(3);
  }
}
