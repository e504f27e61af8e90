package org.vzrig.hypervisor.rt.exit;

import static org.vzrig.emulator.cpu.Cp0Reg.BADVADDR;
import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;
import static org.vzrig.emulator.cpu.Cp0Reg.ENTRYHI;
import static org.vzrig.emulator.cpu.Cp0Reg.EPC;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.cpu.Tlb;
import org.vzrig.emulator.cpu.TlbEntry;
import org.vzrig.hypervisor.layout.Half;
import org.vzrig.hypervisor.layout.PagePair;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.device.TrapDevice;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * Root's second stage of translation, from each thread's own map: what the TLB can hold is put
 * there, every other access is completed for the thread or ends in a fault.
 */
final class TlbExits {
  /** Exception code Mod: a store to a page that the TLB holds as not writable. */
  private static final int MOD = 1;

  private static final int KSEG_OFFSET = 0x1FFFFFFF;

  private final Root root;
  private final Core core;
  private int replace;

  TlbExits(Root root) {
    this.root = root;
    core = root.core();
  }

  /**
   * No entry matched.
   *
   * @return whether there is one now, so that the access can be tried again
   */
  boolean refill(VmThread thread) {
    int address = core.root(BADVADDR);
    PagePair pair = thread.map().find(address);
    if (pair == null || !mappable(pair, pair.half(address))) {
      return false;
    }
    enter(thread, pair);
    return true;
  }

  private static boolean mappable(PagePair pair, @Nullable Half half) {
    return half != null && pair.hardware() && !half.flags().trapped();
  }

  /** The TLB cannot serve the access. */
  void violation(VmThread thread) {
    PagePair pair = thread.map().find(core.root(BADVADDR));
    if (pair == null) {
      throw badAddress();
    }
    Half half = pair.half(core.root(BADVADDR));
    boolean modified = Bits.code(core.root(CAUSE)) == MOD;
    if (half == null || mappable(pair, half) && !(modified && half.flags().ignoresWrites())) {
      throw badAddress();
    }
    trapped(thread, pair, half);
  }

  static GuestFault badAddress() {
    return new GuestFault("TLB exception - bad address");
  }

  /** Entries are replaced in turn: fair, and the same in every run. */
  private void enter(VmThread thread, PagePair pair) {
    int hi = pair.va() | core.root(ENTRYHI) & 0xFF;
    TlbEntry entry =
        TlbEntry.of(hi, lo(pair.even()), lo(pair.odd()), pair.pageMask(), thread.setup().guestId());
    core.cpu().rootTlb().write(replace, entry);
    replace = (replace + 1) % Tlb.SIZE;
  }

  private static int lo(@Nullable Half half) {
    return half == null ? 0 : half.tlbLo();
  }

  // --- accesses that root completes

  private void trapped(VmThread thread, PagePair pair, Half half) {
    int address = core.root(BADVADDR);
    if (fetch(address)) {
      throw badAddress();
    }
    Access access = Access.of(core.badInstr(), address);
    int next = core.nextPc();
    String emulator = pair.emulator();
    if (!pair.allows(address)) {
      throw badAddress();
    }
    if (emulator != null) {
      device(thread, device(emulator), access);
    } else {
      memory(thread, access, half, pair.physical(address));
    }
    core.root().set(EPC, next);
  }

  /**
   * BadInstr is not renewed by a fetch; the instruction at the address itself cannot be its cause.
   */
  private boolean fetch(int address) {
    int pc = core.root(EPC) + ((core.root(CAUSE) & Bits.CAUSE_BD) == 0 ? 0 : 4);
    int instruction = core.badInstr();
    int effective = core.gpr(instruction >>> 21 & 31) + (short) instruction;
    boolean unmapped = pc >>> 30 == 2;
    return unmapped && (pc & KSEG_OFFSET) == address || (effective ^ address) << 20 != 0;
  }

  private TrapDevice device(String name) {
    TrapDevice device = root.devices().get(name);
    if (device == null) {
      throw badAddress();
    }
    return device;
  }

  private void device(VmThread thread, TrapDevice device, Access access) {
    if (access.partial()) {
      throw badAddress();
    }
    if (access.store()) {
      device.store(thread, access, core.gpr(access.register()));
    } else {
      int value = device.load(thread, access);
      core.gpr(access.register(), access.extend(value, core.gpr(access.register())));
    }
  }

  private void memory(VmThread thread, Access access, Half half, int pa) {
    try {
      if (!access.store()) {
        load(access, half, pa);
      } else if (half.flags().ignoresWrites()) {
        ignored(thread, access, half, pa);
      } else {
        store(access, half, pa);
      }
    } catch (BusError e) {
      throw badAddress();
    }
  }

  private void load(Access access, Half half, int pa) {
    if (!half.flags().readable()) {
      throw badAddress();
    }
    int value = core.bus().read(pa & -access.size(), access.size());
    core.gpr(access.register(), access.extend(value, core.gpr(access.register())));
  }

  private void store(Access access, Half half, int pa) {
    if (!half.flags().writable()) {
      throw badAddress();
    }
    CpuBus bus = core.bus();
    int value = core.gpr(access.register());
    if (!access.partial()) {
      bus.write(pa, access.size(), value);
      return;
    }
    int first = pa - access.address() + access.first();
    int bytes = access.stored(value);
    for (int i = 0; i < access.length(); i++) {
      bus.write(first + i, 1, bytes >>> 8 * i);
    }
  }

  private void ignored(VmThread thread, Access access, Half half, int pa) {
    if (half.flags().reportsWrites()) {
      int value = core.gpr(access.register()) & -1 >>> 32 - access.size() * 8;
      root.console()
          .print(
              "Thread%d: write %x (%d bytes) to %08x ignored\n",
              thread.id(), value, access.size(), pa);
    }
  }
}
