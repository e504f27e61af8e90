package org.vzrig.hypervisor.rt.exit;

import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** Guest software field changes (GExcCode 1): MTC0 that root carries out for the guest. */
final class FieldChangeExits {
  private static final int MTC0_MASK = 0xFFE00000;
  private static final int MTC0 = 0x40800000;

  private final Core core;

  FieldChangeExits(Root root) {
    core = root.core();
  }

  void handle(VmThread thread) {
    int instruction = core.badInstr();
    if ((instruction & MTC0_MASK) != MTC0) {
      throw unknown();
    }
    int value = core.gpr(instruction >>> 16 & 31);
    switch (Cp0Reg.of(instruction >>> 11 & 31, instruction & 7).orElse(Cp0Reg.PRID)) {
      case STATUS -> writeStatus(value);
      case CAUSE -> writeCause(value);
      case INTCTL -> core.guest().write(Cp0Reg.INTCTL, value);
      case PAGEGRAIN -> core.guest().write(Cp0Reg.PAGEGRAIN, value);
      default -> throw unknown();
    }
    core.skip();
  }

  private static GuestFault unknown() {
    return new GuestFault("UNKNOWN GSFC");
  }

  private void writeStatus(int value) {
    if ((value & Bits.STATUS_CU23) != 0) {
      throw new GuestFault("CU2/CU3 is set");
    }
    core.guest().write(Cp0Reg.STATUS, value & ~(Bits.STATUS_SR | Bits.STATUS_NMI));
  }

  /** Bits that hardware owns, TI among them, stay as they are. */
  private void writeCause(int value) {
    int old = core.guest(Cp0Reg.CAUSE);
    core.guest().write(Cp0Reg.CAUSE, old & ~Bits.CAUSE_SOFTWARE | value & Bits.CAUSE_SOFTWARE);
  }
}
