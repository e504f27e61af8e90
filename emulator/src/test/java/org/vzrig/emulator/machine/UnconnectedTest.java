package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;

class UnconnectedTest {
  private final TestChip t = new TestChip(Boards.DM320007);

  @Test
  void canChangesModeWhenAsked() {
    t.set("C1CON", 0x0400_8000);
    assertEquals(0x0480_8800, t.get("C1CON"));
    t.set("C1CON", 0x0000_8000);
    assertEquals(0, t.get("C1CON") >>> 21 & 7);
    t.set("C1FIFOCON1", 0x4080);
    assertEquals(0x80, t.get("C1FIFOCON1"));
    assertEquals(0x700, t.get("C1FIFOINT1"));
  }

  @Test
  void noPhyAnswersTheEthernetController() {
    t.set("EMAC1MCMD", 1);
    assertEquals(0, t.get("EMAC1MIND"));
    assertEquals(0xFFFF, t.get("EMAC1MRDD"));
    assertEquals(0, t.get("ETHSTAT"));
  }

  @Test
  void theQuadInterfacesClockBecomesStable() {
    t.set("SQI1CLKCON", 1);
    assertEquals(3, t.get("SQI1CLKCON"));
    assertEquals(0x002C_0C00, t.get("SQI1XCON1"));
  }

  @Test
  void theExternalBusHasItsResetTimings() {
    assertEquals(0x0424_314C, t.get("EBISMT0"));
    assertEquals(0x201, t.get("EBISMCON"));
  }

  @Test
  void usbShowsItsVersion() {
    assertEquals(0x0800, t.get("USBHWVER"));
  }
}
