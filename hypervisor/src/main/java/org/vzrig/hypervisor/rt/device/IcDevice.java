package org.vzrig.hypervisor.rt.device;

import static org.vzrig.hypervisor.rt.core.InterruptUnit.IEC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IFS;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.INTSTAT;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IPC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.OFF;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.SOURCES;

import org.vzrig.hypervisor.rt.core.InterruptUnit;
import org.vzrig.hypervisor.rt.exit.Access;
import org.vzrig.hypervisor.rt.exit.GuestFault;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * The interrupt controller that a guest sees at 1F810000.
 *
 * <p>Sources that the guest owns are passed through to the chip's controller; the others live in
 * its {@link VirtualIc} alone. A source that has been delivered stays disabled in the chip until
 * the guest clears its flag.
 */
public final class IcDevice implements TrapDevice {
  /** Offset behind OFF213. */
  private static final int END = OFF + SOURCES * 4;

  private static final int HIGHEST = 6;

  private final InterruptUnit chip;
  private final Interrupts interrupts;

  /** The emulation over {@code chip}; {@code interrupts} presents what changes. */
  public IcDevice(InterruptUnit chip, Interrupts interrupts) {
    this.chip = chip;
    this.interrupts = interrupts;
  }

  @Override
  public int load(VmThread thread, Access access) {
    int offset = access.address() & 0xFFF;
    if (offset < OFF) {
      require(access.size() == 4, access);
      return register(thread, offset);
    }
    require(offset < END && access.size() == 4, access);
    return thread.ic().vectorOffset((offset - OFF) / 4);
  }

  private int register(VmThread thread, int offset) {
    VirtualIc ic = thread.ic();
    int register = offset & ~15;
    if (register == INTSTAT) {
      return thread.interruptedIpl() << 8 | thread.interruptedIrq();
    }
    if (register < IFS) {
      return ic.word(register);
    }
    interrupts.noticeTimer(thread);
    int mine = ic.owned(register) & ~ic.emulated(register);
    return (mine == 0 ? 0 : chip.read(register) & mine) | ic.word(register);
  }

  @Override
  public void store(VmThread thread, Access access, int value) {
    int offset = access.address() & 0xFFF;
    require(access.size() == 4 || offset >= OFF && access.size() == 1, access);
    require(offset < END, access);
    if (offset >= OFF) {
      storeOffset(thread.ic(), offset, access.size(), value);
    } else {
      storeRegister(thread, offset, value);
    }
    interrupts.update(thread);
  }

  private static void require(boolean possible, Access access) {
    if (!possible) {
      throw new GuestFault(
          (access.address() & 0xFFF) >= END
              ? "IC: access beyond Interrupt controller"
              : "IC: Invalid thread access type");
    }
  }

  private static void storeOffset(VirtualIc ic, int offset, int size, int value) {
    int irq = (offset - OFF) / 4;
    int shift = offset % 4 * 8;
    int lane = size == 1 ? 0xFF << shift : -1;
    ic.vectorOffset(irq, ic.vectorOffset(irq) & ~lane | value << shift & lane);
  }

  private void storeRegister(VmThread thread, int offset, int value) {
    VirtualIc ic = thread.ic();
    int register = offset & ~15;
    if (register == INTSTAT) {
      return;
    }
    if (register < IFS) {
      ic.word(register, VirtualIc.written(ic.word(register), offset, value));
      return;
    }
    int allowed = ic.owned(register) | ic.emulated(register);
    int before = ic.word(register) & allowed | chipFlags(ic, register);
    int after = VirtualIc.written(before, offset, value) & allowed;
    if (register >= IPC) {
      after = limited(after);
    }
    int touched = (offset & 12) == 0 ? -1 : value;
    ic.word(register, register >= IPC ? after : ic.word(register) & ~touched | after & touched);
    passThrough(thread, register, before, after);
  }

  /** Flags that are up in the chip for sources of the guest; nothing for other registers. */
  private int chipFlags(VirtualIc ic, int register) {
    int mine = ic.owned(register);
    return register >= IEC || mine == 0 ? 0 : chip.read(register) & mine;
  }

  private void passThrough(VmThread thread, int register, int before, int after) {
    VirtualIc ic = thread.ic();
    int mine = ic.owned(register);
    if (register < IEC) {
      int cleared = before & ~after;
      interrupts.flagsCleared(thread, (register - IFS) / 16, cleared);
      change(register, before & mine, after & mine);
      int enable = register - IFS + IEC;
      change(enable, 0, cleared & mine & ic.word(enable));
    } else if (register < IPC) {
      int delivered = ic.word(register - IEC + IFS);
      change(register, before & mine, after & mine & ~delivered);
    } else if (mine != 0) {
      chip.write(register, chip.read(register) & ~mine | after & mine);
    }
  }

  /** Changes bits in the chip through the aliases, so that no other bit is touched. */
  private void change(int register, int before, int after) {
    if ((before & ~after) != 0) {
      chip.write(register + InterruptUnit.CLR, before & ~after);
    }
    if ((after & ~before) != 0) {
      chip.write(register + InterruptUnit.SET, after & ~before);
    }
  }

  /** A guest's source never has root's own highest priority. */
  private static int limited(int priorities) {
    int result = priorities;
    for (int shift = 0; shift < 32; shift += 8) {
      if ((priorities >>> shift + 2 & 7) > HIGHEST) {
        result = result & ~(7 << shift + 2) | HIGHEST << shift + 2;
      }
    }
    return result;
  }
}
