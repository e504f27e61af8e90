package org.vzrig.hypervisor.rt.exit;

import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;
import static org.vzrig.emulator.cpu.Cp0Reg.GUESTCTL0;

import java.util.function.Consumer;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** Exceptions by their codes, as a table of what root does. */
public final class Exits {
  private static final int MOD = 1;
  private static final int TLBL = 2;
  private static final int TLBS = 3;
  private static final int IBE = 6;
  private static final int DBE = 7;
  private static final int SYS = 8;
  private static final int CPU = 11;
  private static final int TLBRI = 19;
  private static final int TLBXI = 20;
  private static final int DSPDIS = 26;
  private static final int GE = 27;

  private static final int GPSI = 0;
  private static final int GSFC = 1;
  private static final int GHFC = 9;

  /** SYSCALL with which a thread in root kernel mode gives up the core. */
  private static final int SYSCALL_WAIT = 0x03C0000C;

  private final Root root;
  private final TlbExits tlb;
  private final LazyUnits units;
  private final FaultReport report;

  /** What to do, by Cause.ExcCode. */
  private final Table byCause = new Table();

  /** What to do for exceptions GE, by GuestCtl0.GExcCode. */
  private final Table byGuestCause = new Table();

  /** Handlers by code; a code without one is a fault. */
  private final class Table {
    private final Consumer<VmThread>[] handlers = handlers();

    @SuppressWarnings("unchecked")
    private Consumer<VmThread>[] handlers() {
      Consumer<VmThread>[] all = (Consumer<VmThread>[]) new Consumer<?>[32];
      java.util.Arrays.fill(all, (Consumer<VmThread>) Exits.this::unexpected);
      return all;
    }

    void on(int code, Consumer<VmThread> handler) {
      handlers[code] = handler;
    }

    Consumer<VmThread> of(int register) {
      return handlers[Bits.code(register)];
    }
  }

  /** The exits of {@code root}. */
  public Exits(Root root, FaultReport report) {
    this.root = root;
    this.report = report;
    tlb = new TlbExits(root);
    units =
        new LazyUnits(
            root.core(), UnitStates.fpu(root.core().cpu()), UnitStates.dsp(root.core().cpu()));
    declare();
  }

  private void declare() {
    SensitiveExits sensitive = new SensitiveExits(root);
    FieldChangeExits fieldChange = new FieldChangeExits(root);
    byCause.on(MOD, tlb::violation);
    byCause.on(TLBL, tlb::violation);
    byCause.on(TLBS, tlb::violation);
    for (int code : new int[] {TLBRI, TLBXI, IBE, DBE}) {
      byCause.on(code, Exits::badAddress);
    }
    byCause.on(CPU, units::coprocessor);
    byCause.on(DSPDIS, units::dsp);
    byCause.on(SYS, this::systemCall);
    byCause.on(GE, thread -> byGuestCause.of(root.core().root(GUESTCTL0)).accept(thread));
    byGuestCause.on(GPSI, sensitive::handle);
    byGuestCause.on(GSFC, fieldChange::handle);
    byGuestCause.on(GHFC, thread -> {});
  }

  /**
   * {@code thread} missed the root TLB.
   *
   * @return whether the TLB has the entry now; otherwise it is an exception like others
   */
  public boolean refill(VmThread thread) {
    return tlb.refill(thread);
  }

  /** {@code thread} took an exception other than an interrupt or a root TLB refill. */
  public void exception(VmThread thread) {
    int cause = root.core().root(CAUSE);
    int guestCause = Bits.code(root.core().root(GUESTCTL0));
    thread.history().exception(Bits.code(cause), guestCause);
    if (thread.traces(VmThread.EXCEPTION_TRACE)) {
      root.console()
          .print("Thread%d: exception %d, gcause=%d\n", thread.id(), Bits.code(cause), guestCause);
    }
    guarded(thread, byCause.of(cause));
  }

  /**
   * Ends debug mode, which a breakpoint of the thread's has entered and which is no one's here.
   *
   * @return whether the core was in debug mode
   */
  public boolean debug(VmThread thread) {
    int debug = root.core().root(Cp0Reg.DEBUG);
    if ((debug & Bits.DEBUG_DM) == 0) {
      return false;
    }
    root.core().root().set(Cp0Reg.DEBUG, debug & ~Bits.DEBUG_DM);
    root.core().root().set(Cp0Reg.EPC, root.core().root(Cp0Reg.DEPC));
    guarded(thread, this::unexpected);
    return true;
  }

  /** A thread that faults is reported and stopped; the others run on. */
  private void guarded(VmThread thread, Consumer<VmThread> handler) {
    try {
      handler.accept(thread);
    } catch (GuestFault fault) {
      String message = String.valueOf(fault.getMessage());
      report.fault(thread, message);
      root.scheduler().fail(thread, message);
    }
  }

  private static void badAddress(VmThread thread) {
    throw TlbExits.badAddress();
  }

  private void systemCall(VmThread thread) {
    if (thread.setup().guest() || root.core().badInstr() != SYSCALL_WAIT || user()) {
      unexpected(thread);
    }
    root.core().skip();
    root.scheduler().pause();
  }

  private boolean user() {
    return (root.core().root(Cp0Reg.STATUS) & Bits.STATUS_UM) != 0;
  }

  private void unexpected(VmThread thread) {
    int instruction = root.core().badInstr();
    root.console()
        .print(
            "do_EXC: cause=%x exfr->cp0_badinst=0x%08x inst_SYSCALL_F0000?=%d\n",
            Bits.code(root.core().root(CAUSE)), instruction, instruction == SYSCALL_WAIT ? 1 : 0);
    throw new GuestFault("Unexpect type of exception");
  }

  /** {@code thread} starts anew. */
  public void forget(VmThread thread) {
    units.forget(thread);
  }
}
