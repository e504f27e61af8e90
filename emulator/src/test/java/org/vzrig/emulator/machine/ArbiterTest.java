package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Initiator;

class ArbiterTest {
  private static final int ZONE = 0x1_0000;

  private final TestChip t = new TestChip();
  private int flushes;

  /** What a hypervisor sets: group 0 everything, group 1 (DMA) a zone of 64 KiB. */
  @BeforeEach
  void protect() {
    t.set("SBT2REG0", 0x48);
    t.set("SBT2RD0", 1);
    t.set("SBT2WR0", 1);
    t.set("SBT3REG0", 0x0004_0048);
    t.set("SBT3RD0", 1);
    t.set("SBT3WR0", 1);
    t.set("SBT2REG1", ZONE | 7 << 3);
    t.set("SBT2RD1", 3);
    t.set("SBT2WR1", 3);
    t.unlock();
    t.set("CFGPG", 1 << 4);
    t.bus().onRemap(() -> flushes++);
    t.set("SBT2ECON", 1 << 24);
  }

  private boolean interrupted() {
    return t.chip().evic().flagged(Irq.SYSTEM_BUS_PROTECTION);
  }

  @Test
  void theCpuStaysFree() {
    t.bus().write(0x4_0000, 4, 5);
    assertEquals(5, t.bus().read(0x4_0000, 4));
    assertNotNull(t.bus().memory(0));
    assertTrue(t.bus().writable(0));
  }

  @Test
  void dmaReachesItsZoneOnly() {
    t.bus().write(Initiator.DMA_WRITE, ZONE + 0xFFFC, 4, 7);
    assertEquals(7, t.bus().read(Initiator.DMA_READ, ZONE + 0xFFFC, 4));
    assertFalse(interrupted());
    assertThrows(BusError.class, () -> t.bus().read(Initiator.DMA_READ, ZONE - 4, 4));
    assertTrue(interrupted());
    assertEquals(1 << 2, t.get("SBFLAG"));
    assertEquals(0x0300_0302, t.get("SBT2ELOG1"));
    assertEquals(1, t.get("SBT2ELOG2"));
    assertThrows(BusError.class, () -> t.bus().write(Initiator.DMA_WRITE, ZONE + 0x1_0000, 4, 0));
    assertEquals(0x8300_0302, t.get("SBT2ELOG1"));
  }

  @Test
  void theLogIsClearedByReadingAndWriting() {
    assertThrows(BusError.class, () -> t.bus().read(Initiator.DMA_READ, 0, 4));
    t.get("SBT2ECLRS");
    assertEquals(0, t.get("SBFLAG"));
    assertEquals(0, t.get("SBT2ELOG1"));
    assertThrows(BusError.class, () -> t.bus().read(Initiator.DMA_READ, 0, 4));
    t.set("SBT2ELOG1", -1);
    t.get("SBT2ECLRM");
    assertEquals(0, t.get("SBFLAG"));
    t.set("IFS3CLR", 1 << Irq.SYSTEM_BUS_PROTECTION % 32);
    assertFalse(interrupted());
  }

  @Test
  void refusingTheCpuTakesItsFastPathAway() {
    t.set("SBT2RD1", 2);
    t.set("SBT2WR1", 2);
    assertTrue(flushes > 0);
    assertNull(t.bus().memory(ZONE));
    assertFalse(t.bus().writable(ZONE));
    assertNotNull(t.bus().memory(0));
    assertThrows(BusError.class, () -> t.bus().read(ZONE, 4));
    assertEquals(0x0300_0112, t.get("SBT2ELOG1"));
    assertEquals(0, t.bus().read(ZONE - 4, 4));
  }

  @Test
  void registersCanBeRefusedToo() {
    t.set("SBT6RD0", 2);
    assertThrows(BusError.class, () -> t.get("U1STA"));
    assertEquals(1 << 6, t.get("SBFLAG"));
    assertEquals(0xF, t.get("SBT8RD0"));
  }

  @Test
  void priorityRegionsDecideFirst() {
    t.set("SBT2REG2", ZONE | 1 << 9 | 3 << 3);
    t.set("SBT2RD2", 1);
    t.set("SBT2WR2", 1);
    assertThrows(BusError.class, () -> t.bus().read(Initiator.DMA_READ, ZONE, 4));
    assertEquals(0, t.bus().read(Initiator.DMA_READ, ZONE + 0x1000, 4));
  }

  @Test
  void theLockFreezesEverything() {
    t.set("CFGCON", 1 << 11);
    t.set("SBT2RD1", 0);
    t.set("CFGPG", 0);
    assertEquals(3, t.get("SBT2RD1"));
    assertEquals(0x10, t.get("CFGPG"));
  }

  @Test
  void withoutErrorReportThereIsNoInterrupt() {
    t.set("SBT2ECON", 0);
    assertThrows(BusError.class, () -> t.bus().read(Initiator.DMA_READ, 0, 4));
    assertFalse(interrupted());
  }
}
