package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.hypervisor.config.ConfigException;

class ResetTest {
  @Test
  void aResetOfTheChipStartsRootAndItsGuestsAnew() throws ConfigException {
    TestRig rig = TestRig.of("wifire.config").until(1.2).type("^E1=").until(3.2);
    assertEquals(0, rig.times('#', 2.5).size());
    rig.machine().reset(ResetCause.MCLR);
    rig.until(6.5);
    assertEquals(3, rig.text().split("\\|-------", -1).length - 1 - 1, rig.text());
    assertEquals(2, rig.text().split("After init_IRQ", -1).length - 1);
    assertTrue(rig.times('#', 3.5).size() >= 2, rig.text());
  }
}
