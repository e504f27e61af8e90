package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Pin;
import org.vzrig.hypervisor.config.ConfigException;

/** The boards that start the hypervisor from boot flash. */
class OtherBoardsTest {
  @Test
  void olimexPrintsOnUart4AndBlinks() throws ConfigException {
    TestRig rig = TestRig.of("olimex.config").until(2);
    assertTrue(rig.text().contains("init_IRQ: EBase=0x9fc01000\n"), rig.text());
    assertTrue(rig.times('.', 0.2).size() >= 5);
    assertTrue(rig.edges("RB8").size() >= 6);
    assertTrue(rig.edges("RB10").size() >= 5);
    rig.type("^E1*").run(1);
    assertTrue(rig.times('*', 2).size() >= 3);
  }

  @Test
  void dm320007PrintsOnUart1AndBlinks() throws ConfigException {
    TestRig rig = TestRig.of("dm320007.config").until(2);
    assertTrue(rig.text().contains("console_irq_rx=113 console_irq_tx=114\n"), rig.text());
    assertTrue(rig.times('.', 0.2).size() >= 5);
    assertTrue(rig.edges("RH0").size() >= 6);
    assertTrue(rig.edges("RH2").size() >= 5);
  }

  @Test
  void lightsShowThatTheStartHasWorked() throws ConfigException {
    TestRig rig = TestRig.of("olimex.config");
    assertEquals(true, rig.machine().pins().level(Pin.of("RB8")), "green");
    assertEquals(false, rig.machine().pins().level(Pin.of("RB9")), "yellow");
  }
}
