package org.vzrig.hypervisor.rt;

import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.console.Line;
import org.vzrig.hypervisor.rt.console.RootConsole;
import org.vzrig.hypervisor.rt.console.WallTime;
import org.vzrig.hypervisor.rt.core.Core;

/** What root says while it starts: tinyVP's lines with this machine's values. */
final class BootText {
  private static final int DEVCFG = 0x1FC0FFC0;
  private static final int ADEVCFG = 0x1FC0FF40;
  private static final int BOOT_FLASH_1 = 0x1FC40000;
  private static final int BOOT_FLASH_2 = 0x1FC60000;
  private static final int PMD = 0x1F800040;
  private static final int PRISS = 0x1F810010;
  private static final int CFGPG = 0x1F8000E0;
  private static final int CFGCON = 0x1F800000;
  private static final int PRECON = 0x1F8E0000;
  private static final int SB_TARGETS = 0x1F8F8000;

  private final Core core;
  private final RootConsole console;

  BootText(Core core, RootConsole console) {
    this.core = core;
    this.console = console;
  }

  /** The first lines, with the registers as root found them. */
  void found(int status, int cause, Line line) {
    console.print(
        "Status=0x%08x, Cause=0x%08x, gp=0x%08x sp=0x%08x console_irq_rx=%d"
            + " console_irq_tx=%d\n",
        status,
        cause,
        core.cpu().gpr(0, 28),
        core.cpu().gpr(0, 29),
        line.receiveIrq(),
        line.transmitIrq());
    console.print(
        "init_IRQ: priss=0x%08x *priss=0x%08x SRSctl=0x%08x\n",
        PRISS | 0xA0000000, core.read(PRISS), core.root(Cp0Reg.SRSCTL));
    console.print("init_IRQ: EBase=0x%08x\n", core.root(Cp0Reg.EBASE));
  }

  /** What root thinks of time. */
  void time(int nanosecondsPerCount, long count) {
    console.print(
        "clock_time_multiplier=%x, initial_wall_time=%s current_lcount=%x\n",
        nanosecondsPerCount, WallTime.text(count * nanosecondsPerCount), count);
    console.print("After init_IRQ...\n");
    console.print("It is printf\n");
  }

  /** The configuration of core and chip. */
  void configuration() {
    console.print(
        "IntCtl=0x%08x\tG.IntCtl=0x%08x\n", core.root(Cp0Reg.INTCTL), core.guest(Cp0Reg.INTCTL));
    console.print("%s\n", devcfg("DEVCFG", DEVCFG));
    console.print("%s\n", devcfg("ADEVCFG", ADEVCFG));
    panel("BF1", BOOT_FLASH_1);
    panel("BF2", BOOT_FLASH_2);
    console.print("PRECON=%08x PRESTAT=%08x\n", read(PRECON), read(PRECON + 0x10));
    console.print("PMD1=%08x, PMD2=%08x, PMD3=%08x\n", pmd(1), pmd(2), pmd(3));
    console.print("PMD4=%08x, PMD5=%08x, PMD6=%08x, PMD7=%08x\n", pmd(4), pmd(5), pmd(6), pmd(7));
    console.print("CFGPG=%08x, CFGCON=%08x\n", read(CFGPG), read(CFGCON));
    for (int target = 2; target <= 4; target++) {
      for (int region = 0; region <= 2; region++) {
        permissions(target, region);
      }
    }
  }

  private String devcfg(String name, int at) {
    return "%1$s3=%2$08x, %1$s2=%3$08x, %1$s1=%4$08x, %1$s0=%5$08x"
        .formatted(name, read(at), read(at + 4), read(at + 8), read(at + 12));
  }

  private void panel(String name, int at) {
    console.print(
        "%s: %s, A%sSEQ0=%08x, %sSEQ0=%08x\n",
        name, devcfg("DEVCFG", at + 0xFFC0), name, read(at + 0xFF7C), name, read(at + 0xFFFC));
  }

  private int pmd(int number) {
    return read(PMD + (number - 1) * 0x10);
  }

  private void permissions(int target, int region) {
    int at = SB_TARGETS + target * 0x400 + 0x40 + region * 0x20;
    String name = "SBT" + target;
    console.print(
        "%sREG%d=%08x, %sRD%d=%08x, %sWR%d=%08x\n",
        name, region, read(at), name, region, read(at + 0x10), name, region, read(at + 0x18));
  }

  /** Zero where nothing answers. */
  private int read(int pa) {
    try {
      return core.read(pa);
    } catch (BusError e) {
      return 0;
    }
  }
}
