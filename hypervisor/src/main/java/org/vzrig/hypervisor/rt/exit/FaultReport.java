package org.vzrig.hypervisor.rt.exit;

import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.cpu.Tlb;
import org.vzrig.emulator.cpu.TlbEntry;
import org.vzrig.hypervisor.rt.console.RootConsole;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** The state of core and thread in tinyVP's words. */
public final class FaultReport {
  private final Core core;
  private final RootConsole console;

  /** Reports on {@code core} to {@code console}. */
  public FaultReport(Core core, RootConsole console) {
    this.core = core;
    this.console = console;
  }

  /** {@code thread}, which is current, has done what {@code message} says. */
  public void fault(VmThread thread, String message) {
    console.print("\nPANIC_THREAD: %s\n", message);
    physical();
    console.print(
        "Exfr: EPC=%08x Status=%08x Cause=%08x SRSctl=%08x Context=%08x GCtl0=%08x\n",
        root(Cp0Reg.EPC),
        root(Cp0Reg.STATUS),
        root(Cp0Reg.CAUSE),
        root(Cp0Reg.SRSCTL),
        root(Cp0Reg.CONTEXT),
        root(Cp0Reg.GUESTCTL0));
    console.print(
        "Guest:  EPC=%08x Status=%08x Cause=%08x NestedEPC=%08x EXC=%08x Ebase=%08x ErrEPC=%08x\n",
        guest(Cp0Reg.EPC),
        guest(Cp0Reg.STATUS),
        guest(Cp0Reg.CAUSE),
        guest(Cp0Reg.NESTEDEPC),
        guest(Cp0Reg.NESTEDEXC),
        guest(Cp0Reg.EBASE),
        guest(Cp0Reg.ERROREPC));
    thread(thread);
    tlb();
  }

  private void physical() {
    console.print(
        "Phys:   EPC=%08x Status=%08x Cause=%08x SRSctl=%08x Context=%08x ErrEPC=%08x\n",
        root(Cp0Reg.EPC),
        root(Cp0Reg.STATUS),
        root(Cp0Reg.CAUSE),
        root(Cp0Reg.SRSCTL),
        root(Cp0Reg.CONTEXT),
        root(Cp0Reg.ERROREPC));
    console.print(
        "\tGuestCtl0=%08x GC1=%08x GC2=%08x GC3=%08x GC0Ext=%08x BadVA=%08x BadInstP=%08x"
            + " BadInst=%08x\n",
        root(Cp0Reg.GUESTCTL0),
        root(Cp0Reg.GUESTCTL1),
        root(Cp0Reg.GUESTCTL2),
        root(Cp0Reg.GUESTCTL3),
        root(Cp0Reg.GUESTCTL0EXT),
        root(Cp0Reg.BADVADDR),
        root(Cp0Reg.BADINSTRP),
        root(Cp0Reg.BADINSTR));
    console.print(
        "\tNestedEPC=%08x EXC=%08x SP=%08x FP=%08x GP=%08x RA=%08x KSCR0=%08x KSCR1=%08x\n",
        root(Cp0Reg.NESTEDEPC),
        root(Cp0Reg.NESTEDEXC),
        core.gpr(29),
        core.gpr(30),
        core.gpr(28),
        core.gpr(31),
        root(Cp0Reg.KSCRATCH0),
        root(Cp0Reg.KSCRATCH1));
  }

  private void thread(VmThread thread) {
    console.print(
        "Thread%d: SRS=%d gid=%d IRQ=%d IPL=%d\n",
        thread.id(),
        thread.setup().guest() ? thread.id() : thread.setup().shadowSet(),
        thread.setup().guestId(),
        thread.offeredIrq(),
        thread.offeredIpl());
    console.print(
        "\tGuest:  EPC=%08x Status=%08x Cause=%08x NestedEPC=%08x EXC=%08x\n",
        thread.guest().get(Cp0Reg.EPC),
        thread.guest().get(Cp0Reg.STATUS),
        thread.guest().get(Cp0Reg.CAUSE),
        thread.guest().get(Cp0Reg.NESTEDEPC),
        thread.guest().get(Cp0Reg.NESTEDEXC));
  }

  /** Command T: the page registers and every entry of the root TLB. */
  public void tlb() {
    console.print(
        "EntryHI=0x%08x Lo0=0x%08x Lo1=0x%08x PM=0x%08x PG=%08x IND=0x%08x\n",
        root(Cp0Reg.ENTRYHI),
        root(Cp0Reg.ENTRYLO0),
        root(Cp0Reg.ENTRYLO1),
        root(Cp0Reg.PAGEMASK),
        root(Cp0Reg.PAGEGRAIN),
        root(Cp0Reg.INDEX));
    Cpu cpu = core.cpu();
    for (int i = 0; i < Tlb.SIZE; i++) {
      TlbEntry entry = cpu.rootTlb().entry(i);
      int id = entry.guestId() << Bits.GUESTCTL1_RID_SHIFT | root(Cp0Reg.GUESTCTL1) & 0xFF;
      console.print(
          "TLB%d: HI=0x%08x Lo0=0x%08x Lo1=0x%08x PM=0x%08x GCTL1=0x%08x\n",
          i, entry.hi(), entry.lo0(), entry.lo1(), entry.mask() & 0x1FFFE000, id);
    }
  }

  private int root(Cp0Reg register) {
    return core.root(register);
  }

  private int guest(Cp0Reg register) {
    return core.guest(register);
  }
}
