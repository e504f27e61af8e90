package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.periph.ResetCause;

class ConfigurationTest {
  private static final int PGLOCK = 1 << 11;
  private static final int PMDLOCK = 1 << 12;
  private static final int IOLOCK = 1 << 13;

  private static final int CLOCK_SWITCHING = Boards.WIFIRE.devcfg().devcfg1() | 1 << 14;

  private final TestChip t = new TestChip();

  @Test
  void resetValuesFollowPartAndConfigurationWords() {
    assertEquals(0x0720_E053, t.get("DEVID"));
    assertEquals(0x39, t.get("CFGCON"), "TDOEN, JTAGEN, ECC off");
  }

  @Test
  void theTwoKeysMustComeBackToBack() {
    t.set("SYSKEY", 0xAA99_6655);
    t.set("SYSKEY", 0);
    t.set("SYSKEY", 0x5566_99AA);
    t.set("PMD5", 1);
    assertEquals(0, t.get("PMD5"));
    t.unlock();
    t.set("PMD5", 1);
    t.lock();
    t.set("PMD5", 2);
    assertEquals(1, t.get("PMD5"));
  }

  @Test
  void pmdLockFreezesTheModules() {
    t.unlock();
    t.set("CFGCON", t.get("CFGCON") | PMDLOCK);
    t.set("PMD4", 1);
    assertEquals(0, t.get("PMD4"));
    t.set("CFGCON", t.get("CFGCON") & ~PMDLOCK);
    t.set("PMD4", 1);
    assertEquals(1, t.get("PMD4"));
  }

  @Test
  void aOneWayLockStaysUntilReset() {
    t.configure(3, -1);
    t.unlock();
    t.set("CFGCON", PMDLOCK);
    t.set("CFGCON", 0);
    assertEquals(PMDLOCK, t.get("CFGCON") & PMDLOCK);
    t.chip().reset(ResetCause.SOFTWARE);
    assertEquals(0, t.get("CFGCON") & PMDLOCK);
  }

  @Test
  void ioLockFreezesPinSelect() {
    t.set("U4RXR", 0xB);
    t.unlock();
    t.set("CFGCON", t.get("CFGCON") | IOLOCK);
    t.set("U4RXR", 3);
    assertEquals(0xB, t.get("U4RXR"));
    t.chip().reset(ResetCause.MCLR);
    assertEquals(0, t.get("U4RXR"));
  }

  @Test
  void locksNeedTheSystemUnlocked() {
    t.set("CFGCON", t.get("CFGCON") | PGLOCK | IOLOCK);
    assertEquals(0, t.get("CFGCON") & (PGLOCK | IOLOCK));
  }

  @Test
  void clocksStartAsTheConfigurationWordsSay() {
    assertEquals(0x0000_1120, t.get("OSCCON"));
    assertEquals(0x0131_0201, t.get("SPLLCON"));
    assertEquals(200_000_000, t.chip().clocks().sysclkHz());
    assertEquals(100_000_000, t.chip().clocks().pbclkHz(2));
    assertEquals(200_000_000, t.chip().clocks().pbclkHz(7));
    assertEquals(0x8801, t.get("PB2DIV"));
    assertEquals(0x0801, t.get("PB1DIV"));
    assertEquals(0x8800, t.get("PB7DIV"));
  }

  @Test
  void everyBoardStartsAt200Megahertz() {
    for (var board : Boards.all()) {
      assertEquals(
          board.devcfg().sysclkHz(board.crystalHz()),
          new TestChip(board).chip().clocks().sysclkHz());
    }
  }

  @Test
  void switchingTheOscillatorChangesTheRateButNotTheTimePassed() {
    t.configure(1, CLOCK_SWITCHING);
    t.pass(200_000_000);
    t.unlock();
    t.set("OSCCON", 0x0000_0001);
    assertEquals(1, t.get("OSCCON") & 1);
    t.pass(2000);
    assertEquals(0, t.get("OSCCON") & 0x7001);
    assertEquals(8_000_000, t.chip().clocks().sysclkHz());
    assertEquals(1_000_010_000, t.chip().clocks().nanos(t.now()));
    t.pass(8_000_000);
    assertEquals(2_000_010_000, t.chip().clocks().nanos(t.now()));
    t.set("OSCCONSET", 3 << 24);
    assertEquals(1_000_000, t.chip().clocks().sysclkHz());
  }

  @Test
  void thisBoardsConfigurationForbidsSwitching() {
    t.unlock();
    t.set("OSCCON", 0x0001);
    t.pass(10_000);
    assertEquals(0x1020, t.get("OSCCON") & 0x7021);
  }

  @Test
  void aSecondPllSettingTakesEffectWithTheNextSwitch() {
    t.configure(1, CLOCK_SWITCHING);
    t.unlock();
    t.set("OSCCON", 0x0001);
    t.pass(2000);
    t.set("SPLLCON", 0x0231_0201);
    t.set("OSCCON", 0x0101);
    t.pass(2000);
    assertEquals(100_000_000, t.chip().clocks().sysclkHz());
  }

  @Test
  void resetCausesCollectUntilSoftwareClearsThem() {
    assertEquals(3, t.get("RCON"));
    t.chip().reset(ResetCause.MCLR);
    assertEquals(0x83, t.get("RCON"));
    t.set("RCONCLR", 3);
    assertEquals(0x80, t.get("RCON"));
    t.set("RCONSET", 0x40);
    assertEquals(0x80, t.get("RCON"));
  }

  @Test
  void softwareResetNeedsTheKeyTheBitAndTheRead() {
    t.set("RSWRSTSET", 1);
    t.get("RSWRST");
    assertEquals(0, t.resets.size());
    t.unlock();
    t.set("RSWRSTSET", 1);
    assertEquals(0, t.resets.size());
    t.get("RSWRST");
    assertEquals(ResetCause.SOFTWARE, t.resets.getFirst());
  }

  @Test
  void permissionGroupsNeedTheSystemUnlocked() {
    t.set("CFGPG", 0x10);
    assertEquals(0, t.get("CFGPG"));
    t.unlock();
    t.set("CFGPG", 0x10);
    assertEquals(0x10, t.get("CFGPG"));
  }
}
