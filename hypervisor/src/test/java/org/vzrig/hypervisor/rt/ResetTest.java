package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Led;
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

  /** INTCON's key for a non-maskable interrupt. */
  private static void nmi(TestRig rig) {
    rig.machine().bus().write(0x1F81_0000, 4, 0x4E00_0000);
  }

  @Test
  void anNmiStartsAnewThroughTheBootLoader() throws ConfigException {
    TestRig rig = TestRig.of("wifire.config").until(1.5);
    nmi(rig);
    rig.until(4);
    assertEquals(2, rig.text().split("After init_IRQ", -1).length - 1);
    assertEquals(2, rig.text().split("DEVID ", -1).length - 1);
    assertTrue(rig.times('#', 1.6).size() >= 2, rig.text());
  }

  @Test
  void anNmiStopsABoardWithoutALoaderWithAllLightsOn() throws ConfigException {
    TestRig rig = TestRig.of("olimex.config").until(1.5);
    nmi(rig);
    rig.until(1.6);
    String text = rig.text();
    int edges = rig.edges().size();
    rig.until(4);
    assertEquals(text, rig.text());
    assertEquals(edges, rig.edges().size());
    for (Led led : rig.machine().board().leds()) {
      assertEquals(!led.activeLow(), rig.machine().pins().level(led.pin()), led.name());
    }
    rig.machine().reset(ResetCause.MCLR);
    rig.until(6);
    assertEquals(2, rig.text().split("After init_IRQ", -1).length - 1);
  }
}
