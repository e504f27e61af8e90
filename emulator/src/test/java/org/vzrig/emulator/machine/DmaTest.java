package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;

class DmaTest {
  private static final int CHEN = 0x80;
  private static final int CFORCE = 0x80;
  private static final int CABORT = 0x40;
  private static final int SIRQEN = 0x10;
  private static final int PATEN = 0x20;
  private static final int CHAEN = 0x10;

  private final TestChip t = new TestChip();

  @BeforeEach
  void on() {
    t.set("DMACON", 0x8000);
    for (int i = 0; i < 0x4000; i += 4) {
      t.bus().write(i, 4, 0x1000_0001 * i + 5);
    }
  }

  private void channel(int n, int from, int to, int sourceSize, int destinationSize, int cell) {
    String c = "DCH" + n;
    t.set(c + "SSA", from);
    t.set(c + "DSA", to);
    t.set(c + "SSIZ", sourceSize);
    t.set(c + "DSIZ", destinationSize);
    t.set(c + "CSIZ", cell);
  }

  private boolean flagged(int n) {
    return (t.get("IFS4") >>> (Irq.DMA0 + n) % 32 & 1) != 0;
  }

  @Test
  void aForcedCellCopiesTheBlockAndTakesItsTime() {
    channel(0, 0, 0x8000, 0x4000, 0x4000, 0x4000);
    t.set("DCH0INT", 0x0021_0000 | 0x0008_0000);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    assertEquals(0x8080, t.get("DCH0CON"));
    t.pass(100);
    assertEquals(0x800, t.get("DMACON") & 0x800);
    assertEquals(0, t.get("DCH0INT") & 8);
    t.pass(0x4000 / 4 * 2 * 2);
    assertEquals(0x00F8 | 4, t.get("DCH0INT") & 0xFF);
    assertEquals(0, t.get("DCH0CON"));
    assertEquals(true, flagged(0));
    for (int i = 0; i < 0x4000; i += 4) {
      assertEquals(t.bus().read(i, 4), t.bus().read(0x8000 + i, 4));
    }
    t.pass(1000);
    assertEquals(0, t.get("DMACON") & 0x800);
  }

  @Test
  void aCoreThatLetsTimePassInPiecesDoesNotDelayACopy() {
    channel(0, 0, 0x8000, 0x4000, 0x4000, 0x4000);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    for (int i = 0; i < 33; i++) {
      assertEquals(0, t.get("DCH0INT") & 8, i + " pieces");
      t.leap(500);
    }
    assertEquals(8, t.get("DCH0INT") & 8);
  }

  @Test
  void aSmallDestinationWrapsUntilTheSourceIsDone() {
    channel(1, 0, 0x8000, 16, 4, 16);
    t.set("DCH1CON", CHEN);
    t.set("DCH1ECONSET", CFORCE);
    t.pass(1000);
    assertEquals(t.bus().read(12, 4), t.bus().read(0x8000, 4));
    assertEquals(0, t.bus().read(0x8004, 4));
  }

  @Test
  void eachRequestMovesOneCell() {
    channel(2, 0, 0x8000, 8, 8, 2);
    t.set("DCH2ECON", 9 << 8 | SIRQEN);
    t.set("DCH2CON", CHEN);
    t.chip().evic().raise(9);
    t.pass(100);
    assertEquals(2, t.get("DCH2SPTR"));
    assertEquals(4, t.get("DCH2INT") & 0xFF);
    t.chip().evic().raise(9);
    t.pass(100);
    assertEquals(0x54, t.get("DCH2INT") & 0xFF, "half of source and destination");
    t.chip().evic().raise(9);
    t.pass(100);
    t.chip().evic().raise(9);
    t.pass(100);
    assertEquals(0xFC, t.get("DCH2INT") & 0xFF);
    assertEquals(0, t.get("DCH2CON") & CHEN);
  }

  @Test
  void aStandingRequestFeedsTheUartUntilTheBlockIsDone() {
    StringBuilder text = new StringBuilder();
    t.chip().routeConsole();
    t.chip().uart(4).onTransmit((cycle, value) -> text.append((char) value));
    for (int i = 0; i < 20; i++) {
      t.bus().write(0x100 + i, 1, 'a' + i);
    }
    t.set("U4BRG", 53);
    t.set("U4MODE", 0x8000);
    t.set("U4STA", 0x0400);
    channel(0, 0x100, TestChip.address("U4TXREG"), 20, 1, 1);
    t.set("DCH0ECON", Irq.uartTransmit(4) << 8 | SIRQEN);
    t.set("DCH0CON", CHEN);
    t.pass(25 * 17280L);
    assertEquals("abcdefghijklmnopqrst", text.toString());
  }

  @Test
  void aPatternEndsTheBlock() {
    t.bus().write(0x104, 1, '\n');
    channel(0, 0x100, 0x8000, 64, 64, 64);
    t.set("DCH0DAT", '\n');
    t.set("DCH0ECON", PATEN);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    t.pass(1000);
    assertEquals(8, t.get("DCH0INT") & 8);
    assertEquals('\n', t.bus().read(0x8004, 1));
    assertEquals(0, t.bus().read(0x8005, 1));
  }

  @Test
  void aChainedChannelFollows() {
    channel(0, 0, 0x8000, 16, 16, 16);
    channel(1, 0x100, 0x9000, 16, 16, 16);
    t.set("DCH1CON", 0x20 | 0x40);
    t.set("DCH1ECONSET", CFORCE);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    t.pass(1000);
    assertEquals(t.bus().read(0x10C, 4), t.bus().read(0x900C, 4));
    assertEquals(8, t.get("DCH1INT") & 8);
  }

  @Test
  void abortStopsAndRewinds() {
    channel(0, 0, 0x8000, 0x4000, 0x4000, 0x4000);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    t.pass(500);
    assertNotEquals(0, t.get("DCH0SPTR"));
    t.set("DCH0ECONSET", CABORT);
    assertEquals(0, t.get("DCH0SPTR"));
    assertEquals(2, t.get("DCH0INT") & 2);
    t.pass(10_000);
    assertEquals(0, t.get("DCH0INT") & 8);
  }

  @Test
  void automaticEnableKeepsTheChannelOn() {
    channel(0, 0, 0x8000, 16, 16, 16);
    t.set("DCH0CON", CHEN | CHAEN);
    t.set("DCH0ECONSET", CFORCE);
    t.pass(1000);
    assertEquals(CHEN, t.get("DCH0CON") & CHEN);
  }

  @Test
  void anAddressWithoutMemoryIsAnError() {
    channel(0, 0x0010_0000, 0x8000, 16, 16, 16);
    t.set("DCH0INT", 0x0001_0000);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    t.pass(1000);
    assertEquals(1, t.get("DCH0INT") & 0xFF);
    assertEquals(true, flagged(0));
  }

  @Test
  void theCrcIsTheUsualOneOfTheCheckString() {
    String check = "123456789";
    for (int i = 0; i < check.length(); i++) {
      t.bus().write(0x200 + i, 1, check.charAt(i));
    }
    t.set("DCRCXOR", 0x1021);
    t.set("DCRCDATA", 0xFFFF);
    t.set("DCRCCON", 15 << 8 | 1 << 7 | 1 << 6);
    channel(0, 0x200, 0x8000, 9, 9, 9);
    t.set("DCH0CON", CHEN);
    t.set("DCH0ECONSET", CFORCE);
    t.pass(1000);
    assertEquals(0x29B1, t.get("DCRCDATA"));
    assertEquals(0x29B1, t.bus().read(0x8000, 4));
  }
}
