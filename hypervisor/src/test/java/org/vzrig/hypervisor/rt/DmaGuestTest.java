package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.hypervisor.config.ConfigException;

/** A guest with a DMA channel of its own, whose interrupt root passes on. */
class DmaGuestTest {
  @Test
  void copiesAndSeesItsInterrupt() throws ConfigException {
    TestRig rig = TestRig.of("dma.config").until(7);
    assertTrue(rig.times('#', 0).size() >= 2, rig.text());
    assertEquals(0, rig.times('!', 0).size(), rig.text());
    assertTrue(rig.edges("RG6").size() >= 2);
  }

  @Test
  void theGroupsOfTheSystemBusFollowTheZone() throws ConfigException {
    TestRig rig = TestRig.of("dma.config").until(0.3);
    assertTrue(rig.text().contains("CFGPG=00000010, CFGCON="), rig.text());
    assertTrue(
        rig.text().contains("SBT2REG1=00000038, SBT2RD1=00000003, SBT2WR1=00000003\n"), rig.text());
    assertFalse(rig.text().contains("SBA: "), rig.text());
  }

  @Test
  void aCopyOutOfTheZoneIsReportedWithItsInitiator() throws ConfigException {
    TestRig rig = TestRig.of("attack-dma.config").until(0.6).type("^E1056").until(2);
    String text = rig.text();
    assertTrue(text.contains("SBA: access violation, SBFLAG="), text);
    assertTrue(
        text.matches("(?s).*SBA: RAM bank 256KB-512KB <-- DMA Write [A-Z]+, SBTxELOG1=.*"), text);
    assertTrue(text.contains("attack dma-to-root-ram: blocked (DMA error)"), text);
  }
}
