package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.hypervisor.config.ConfigException;

/** Two guests that compute with FPU and DSP in turns and check their registers. */
class FpuDspDemoTest {
  @Test
  void nobodyLosesItsRegisters() throws ConfigException {
    TestRig rig = TestRig.of("fpu.config").until(3);
    assertFalse(rig.text().contains("WRONG"), rig.text());
    assertFalse(rig.text().contains("PANIC"), rig.text());
    assertEquals(0, rig.times('!', 0).size(), rig.text());
    assertTrue(rig.times('+', 0).size() >= 15, rig.text());
  }
}
