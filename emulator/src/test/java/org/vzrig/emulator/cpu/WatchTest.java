package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch registers, and what they do to code that is translated. */
class WatchTest {
  private static final int GENERAL = 0xBFC0_0380;
  private static final int CODE = TestCore.BOOT + 0x1000;
  private static final int DATA = TestCore.RAM + 0x100;
  private static final int ANY_SPACE = 1 << 30;

  private final TestCore core = new TestCore();

  @BeforeEach
  void handler() {
    core.at(GENERAL, new Asm().stop());
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV);
  }

  private void watch(int address, int kinds, int hi) {
    core.cpu.root().write(Cp0Reg.WATCHHI0, hi);
    core.cpu.root().write(Cp0Reg.WATCHLO0, address & ~7 | kinds);
  }

  private void runFrom(Asm program, int cycles) {
    core.at(CODE, program);
    core.cpu.pc(CODE);
    core.run(cycles);
  }

  private void assertWatchAt(int epc) {
    assertEquals(ExcCode.WATCH, Cause.excCode(core.root(Cp0Reg.CAUSE)));
    assertEquals(Integer.toHexString(epc), Integer.toHexString(core.root(Cp0Reg.EPC)));
    assertTrue(core.cpu.root().has(Cp0Reg.STATUS, Status.EXL));
  }

  private void assertNoException() {
    assertFalse(core.cpu.root().has(Cp0Reg.STATUS, Status.EXL));
  }

  /** Stores to DATA + 4 after three instructions, then loads it. */
  private static Asm storeAndLoad() {
    return new Asm()
        .li(4, DATA)
        .op("lw", 's', 4, 't', 5)
        .op("sw", 's', 4, 't', 4, 'i', 4)
        .op("lw", 's', 4, 't', 6, 'i', 4)
        .stop();
  }

  @Test
  void aStoreIntoTheDoublewordIsCaughtBeforeItIsDone() {
    watch(DATA, Watchpoints.STORE, ANY_SPACE);
    runFrom(storeAndLoad(), 20);
    assertWatchAt(CODE + 12);
    assertEquals(0, core.ram.load(0x104, 4));
    assertEquals(Watchpoints.STORE, core.root(Cp0Reg.WATCHHI0) & 7);
    core.cpu.root().write(Cp0Reg.WATCHHI0, ANY_SPACE | 7);
    assertEquals(0, core.root(Cp0Reg.WATCHHI0) & 7, "a hit is cleared by writing it");
  }

  @Test
  void aLoadIsCaughtWhereLoadsAreWatched() {
    watch(DATA, Watchpoints.LOAD, ANY_SPACE);
    runFrom(storeAndLoad(), 20);
    assertWatchAt(CODE + 8);
  }

  @Test
  void theNextDoublewordIsNotWatchedUnlessTheMaskCoversIt() {
    watch(DATA + 8, Watchpoints.STORE, ANY_SPACE);
    runFrom(storeAndLoad(), 20);
    assertNoException();
    watch(DATA + 0x80, Watchpoints.STORE, ANY_SPACE | 0xF8);
    runFrom(storeAndLoad(), 20);
    assertWatchAt(CODE + 12);
  }

  @Test
  void withoutGTheAddressSpaceHasToMatch() {
    watch(DATA, Watchpoints.STORE, 5 << 16);
    runFrom(storeAndLoad(), 20);
    assertNoException();
    core.cpu.root().set(Cp0Reg.ENTRYHI, 5);
    runFrom(storeAndLoad(), 20);
    assertWatchAt(CODE + 12);
  }

  @Test
  void aFetchIsCaughtInADelaySlotToo() {
    watch(CODE + 8, Watchpoints.FETCH, ANY_SPACE);
    runFrom(new Asm().nop().nop().nop().stop(), 20);
    assertWatchAt(CODE + 8);
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV);
    watch(CODE + 0x10, Watchpoints.FETCH, ANY_SPACE);
    runFrom(new Asm().nop().nop().nop().op("beq", 'i', 2).nop().nop().stop(), 20);
    assertWatchAt(CODE + 12);
    assertTrue(core.cpu.root().has(Cp0Reg.CAUSE, Cause.BD));
  }

  @Test
  void atExceptionLevelTheExceptionWaits() {
    watch(DATA, Watchpoints.STORE, ANY_SPACE);
    core.cpu.root().set(Cp0Reg.STATUS, Status.BEV | Status.EXL);
    runFrom(
        new Asm()
            .li(4, DATA)
            .op("sw", 's', 4, 't', 4)
            .li(5, Status.BEV)
            .mtc0(5, Cp0Reg.STATUS)
            .nop()
            .stop(),
        20);
    assertEquals(DATA, core.ram.load(0x100, 4), "the store was done");
    assertWatchAt(CODE + 24);
    assertTrue(core.cpu.root().has(Cp0Reg.CAUSE, Cause.WP), "software clears WP");
    core.cpu.root().write(Cp0Reg.CAUSE, 0);
    assertFalse(core.cpu.root().has(Cp0Reg.CAUSE, Cause.WP));
  }

  @Test
  void translatedCodeIsLeftWhereAWatchIsArmed() {
    Asm fill =
        new Asm()
            .li(4, DATA)
            .li(6, DATA + 0x200)
            .op("addiu", 's', 4, 't', 4, 'i', 4)
            .op("bne", 's', 4, 't', 6, 'i', -2)
            .op("sw", 's', 4, 't', 4)
            .stop();
    core.cpu.translateEagerly(7, 1);
    runFrom(fill, 1000);
    assertNoException();
    watch(DATA + 0x188, Watchpoints.STORE, ANY_SPACE);
    runFrom(fill, 1000);
    assertWatchAt(CODE + 20);
    assertEquals(DATA + 0x188, core.r(4));
  }

  @Test
  void theGuestsRegistersWatchTheGuest() {
    Cpu cpu = core.cpu;
    int flags = 3 << 3 | TlbEntry.V | TlbEntry.G | TlbEntry.D;
    cpu.rootTlb().write(0, TlbEntry.of(0, 0x400 << 4 | flags, 0x420 << 4 | flags, 0x1_E000, 1));
    cpu.root().set(Cp0Reg.GUESTCTL1, 1);
    cpu.root().set(Cp0Reg.GUESTCTL0EXT, 0x58);
    cpu.guest().set(Cp0Reg.STATUS, 0);
    cpu.guest().set(Cp0Reg.EBASE, TestCore.RAM + 0x1000);
    cpu.guest().write(Cp0Reg.WATCHHI1, ANY_SPACE);
    cpu.guest().write(Cp0Reg.WATCHLO1, DATA | Watchpoints.STORE);
    core.at(TestCore.RAM + 0x1_0000, storeAndLoad());
    core.at(TestCore.RAM + 0x1_1180, new Asm().stop());
    int lo = 0x10 << 6 | flags;
    cpu.rootTlb().write(0, TlbEntry.of(0, lo, lo + (0x10 << 6), 0x1_E000, 1));
    cpu.root().set(Cp0Reg.GUESTCTL0, GuestCtl0.GM | GuestCtl0.CP0 | GuestCtl0.AT);
    cpu.pc(TestCore.RAM);
    core.run(30);
    assertEquals(ExcCode.WATCH, Cause.excCode(core.guest(Cp0Reg.CAUSE)));
    assertEquals(TestCore.RAM + 12, core.guest(Cp0Reg.EPC));
    assertEquals(0, Cause.excCode(core.root(Cp0Reg.CAUSE)), "root hears nothing of it");
  }
}
