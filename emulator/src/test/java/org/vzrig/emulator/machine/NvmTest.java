package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;

class NvmTest {
  private static final int WREN = 0x4000;
  private static final int WR = 0x8000;
  private static final int WRERR = 0x2000;
  private static final int PFSWAP = 0x80;
  private static final int BFSWAP = 0x40;
  private static final long LONG_ENOUGH = 10_000_000;

  private final TestChip t = new TestChip();

  private void keys() {
    t.set("NVMKEY", 0xAA99_6655);
    t.set("NVMKEY", 0x5566_99AA);
  }

  private void operation(int code) {
    t.set("NVMCON", WREN | code);
    keys();
    t.set("NVMCONSET", WR);
  }

  private boolean run(int code) {
    operation(code);
    t.pass(LONG_ENOUGH);
    boolean good = (t.get("NVMCON") & WRERR) == 0;
    t.set("NVMCONCLR", WREN);
    return good;
  }

  private void word(int address, int value) {
    t.set("NVMADDR", address);
    t.set("NVMDATA0", value);
    assertTrue(run(1));
  }

  @Test
  void aWordIsProgrammedWhenItsTimeIsOver() {
    t.set("NVMADDR", 0x1D00_0100);
    t.set("NVMDATA0", 0x1234_5678);
    operation(1);
    assertEquals(WR, t.get("NVMCON") & WR);
    t.pass(1000);
    assertEquals(-1, t.bus().read(0x1D00_0100, 4));
    t.pass(20_000);
    assertEquals(0, t.get("NVMCON") & WR);
    assertEquals(0x1234_5678, t.bus().read(0x1D00_0100, 4));
    assertTrue(t.chip().evic().flagged(Irq.FLASH_CONTROL));
  }

  @Test
  void programmingOnlyClearsBits() {
    word(0x1D00_0000, 0x0F0F_FFFF);
    word(0x1D00_0000, 0xFFFF_F0F0);
    assertEquals(0x0F0F_F0F0, t.bus().read(0x1D00_0000, 4));
  }

  @Test
  void withoutKeysNothingStarts() {
    t.set("NVMCON", WREN | 1);
    t.set("NVMCONSET", WR);
    assertEquals(0, t.get("NVMCON") & WR);
    t.set("NVMKEY", 0xAA99_6655);
    t.set("NVMKEY", 0x1234_5678);
    t.set("NVMKEY", 0x5566_99AA);
    t.set("NVMCONSET", WR);
    assertEquals(0, t.get("NVMCON") & WR);
    keys();
    t.set("NVMCON", 1);
    t.set("NVMCONSET", WR);
    assertEquals(0, t.get("NVMCON") & WR, "keys are good for one write");
  }

  @Test
  void quadsAndRowsAreAligned() {
    for (int i = 0; i < 4; i++) {
      t.set("NVMDATA" + i, i + 1);
    }
    t.set("NVMADDR", 0x1D10_0018);
    assertTrue(run(2));
    assertEquals(1, t.bus().read(0x1D10_0010, 4));
    assertEquals(4, t.bus().read(0x1D10_001C, 4));
    for (int i = 0; i < 2048; i += 4) {
      t.bus().write(0x1000 + i, 4, i);
    }
    t.set("NVMSRCADDR", 0x1000);
    t.set("NVMADDR", 0x1D00_0804);
    assertTrue(run(3));
    assertEquals(2044, t.bus().read(0x1D00_0FFC, 4));
  }

  @Test
  void erasingAPageLeavesItsNeighbours() {
    word(0x1D00_3FFC, 1);
    word(0x1D00_4000, 2);
    word(0x1D00_7FFC, 3);
    word(0x1D00_8000, 4);
    t.set("NVMADDR", 0x1D00_5678);
    assertTrue(run(4));
    assertEquals(1, t.bus().read(0x1D00_3FFC, 4));
    assertEquals(-1, t.bus().read(0x1D00_4000, 4));
    assertEquals(-1, t.bus().read(0x1D00_7FFC, 4));
    assertEquals(4, t.bus().read(0x1D00_8000, 4));
  }

  @Test
  void panelErasesTakeTheirHalf() {
    word(0x1D00_0000, 1);
    word(0x1D10_0000, 2);
    assertTrue(run(6));
    assertEquals(1, t.bus().read(0x1D00_0000, 4));
    assertEquals(-1, t.bus().read(0x1D10_0000, 4));
    assertTrue(run(7));
    assertEquals(-1, t.bus().read(0x1D00_0000, 4));
  }

  @Test
  void bootPagesAreProtectedUntilSoftwareSaysOtherwise() {
    t.set("NVMADDR", 0x1FC0_0000);
    t.set("NVMDATA0", 0);
    assertFalse(run(1));
    assertTrue(run(0), "a NOP clears the error");
    keys();
    t.set("NVMBWPCLR", 1 << 8);
    assertTrue(run(1));
    t.set("NVMADDR", 0x1FC2_0000);
    assertFalse(run(1));
  }

  @Test
  void programFlashBelowTheLimitIsProtected() {
    keys();
    t.set("NVMPWP", 0x8000_8000);
    t.set("NVMADDR", 0x1D00_7FFC);
    assertFalse(run(1));
    assertTrue(run(0));
    t.set("NVMADDR", 0x1D00_8000);
    assertTrue(run(1));
    keys();
    t.set("NVMPWP", 0x0000_8000);
    keys();
    t.set("NVMPWP", 0x8000_0000);
    assertEquals(0x8000, t.get("NVMPWP"), "locked until reset");
  }

  @Test
  void addressesOutsideFlashAreErrors() {
    t.set("NVMADDR", 0x0000_1000);
    assertFalse(run(1));
    t.set("NVMADDR", 0x1D20_0000);
    assertFalse(run(4));
  }

  @Test
  void panelsSwapWithTheKeysWhileWrenIsClear() {
    word(0x1D00_0000, 1);
    word(0x1D10_0000, 2);
    t.set("NVMCONSET", PFSWAP);
    assertEquals(1, t.bus().read(0x1D00_0000, 4));
    keys();
    t.set("NVMCONSET", PFSWAP);
    assertEquals(2, t.bus().read(0x1D00_0000, 4));
    assertEquals(1, t.bus().read(0x1D10_0000, 4));
    assertEquals(PFSWAP, t.get("NVMCON") & PFSWAP);
    t.bus().load(0x1FC6_0000, new byte[] {7, 0, 0, 0});
    keys();
    t.set("NVMCONSET", BFSWAP);
    assertEquals(7, t.bus().read(0x1FC0_0000, 4));
  }
}
