package org.vzrig.hypervisor.rt.sched;

import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.core.Bits;

/** The registers with which a thread starts. */
final class InitialState {
  /** Where root's own code would be; a guest that sets no EBase of its own has it. */
  private static final int GUEST_EBASE = 0x9D000000;

  private InitialState() {}

  static void fill(VmThread thread) {
    VmThread.Setup setup = thread.setup();
    RootContext root = thread.root();
    root.reset();
    thread.guest().reset();
    root.set(Cp0Reg.EPC, setup.entry());
    root.set(Cp0Reg.CONTEXT, setup.id() << Bits.CONTEXT_ID_SHIFT);
    root.set(Cp0Reg.ENTRYHI, setup.id());
    int set = setup.guest() ? setup.id() : setup.shadowSet();
    root.set(Cp0Reg.SRSCTL, Bits.SRSCTL_HSS | set << Bits.SRSCTL_PSS_SHIFT);
    int mode = setup.user() ? Bits.STATUS_UM : 0;
    root.set(Cp0Reg.STATUS, Bits.STATUS_IE | Bits.STATUS_EXL | mode);
    if (setup.guest()) {
      fillGuest(thread, root, thread.guest());
    } else {
      root.gpr(29, setup.stack());
    }
  }

  private static void fillGuest(VmThread thread, RootContext root, GuestContext guest) {
    int id = thread.setup().guestId();
    root.set(Cp0Reg.GUESTCTL0, Bits.GUESTCTL0_RUN);
    root.set(Cp0Reg.GUESTCTL0EXT, Bits.GUESTCTL0EXT_QUIET);
    root.set(Cp0Reg.GUESTCTL1, id << Bits.GUESTCTL1_RID_SHIFT | id);
    root.set(Cp0Reg.GUESTCTL3, id);
    root.set(Cp0Reg.GTOFFSET, thread.clock().gtOffset());
    guest.set(Cp0Reg.STATUS, Bits.STATUS_BEV | Bits.STATUS_CU0 | Bits.STATUS_ERL);
    guest.set(Cp0Reg.EPC, thread.setup().entry());
    guest.set(Cp0Reg.EBASE, GUEST_EBASE);
    guest.set(Cp0Reg.INTCTL, Bits.INTCTL_VS32);
    guest.set(Cp0Reg.COMPARE, thread.clock().compare());
  }
}
