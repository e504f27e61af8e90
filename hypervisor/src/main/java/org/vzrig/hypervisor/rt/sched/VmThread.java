package org.vzrig.hypervisor.rt.sched;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.layout.VmMap;
import org.vzrig.hypervisor.rt.device.VirtualIc;

/**
 * The block of one scheduled thread: root itself (id 0), a guest, or a thread of MIPS code in root
 * mode.
 *
 * <p>While a thread is current its registers are in the core and the copies here are stale.
 */
public final class VmThread {
  /** Debug output on: the traces act. */
  public static final int DEBUG = 4;

  /** Trace of exceptions. */
  public static final int EXCEPTION_TRACE = 8;

  /** Trace of interrupts. */
  public static final int INTERRUPT_TRACE = 0x10;

  /** Trace of Count and Compare. */
  public static final int TIME_TRACE = 0x20;

  private static final int RUNNING = 1;
  private static final int STOPPED = 2;
  private static final int CHRONIC = 0x40;

  /**
   * What the configuration says about a thread.
   *
   * @param id thread id; also the guest id of a guest
   * @param guest whether it runs in guest mode
   * @param entry virtual address of the first instruction
   * @param shadowSet register set of a thread in root mode (a guest has the set of its id)
   * @param user whether a thread in root mode runs in user mode
   * @param stack initial stack pointer of a thread in root mode
   * @param polling whether acceptance of interrupts is not watched ({@code irqpolling})
   */
  public record Setup(
      int id, boolean guest, int entry, int shadowSet, boolean user, int stack, boolean polling) {
    /** Root's own thread. */
    public static final Setup ROOT = new Setup(0, false, 0, 0, false, 0, false);

    /** GuestID: the id of a guest, 0 in root mode. */
    public int guestId() {
      return guest ? id : 0;
    }
  }

  private final Setup setup;
  private final VirtualIc ic;
  private final transient VmMap map;
  private final GuestClock clock = new GuestClock();
  private final GuestContext guest = new GuestContext();
  private final RootContext root = new RootContext();
  private final History history = new History();

  private boolean running;
  private boolean stopped;
  private @Nullable String fault;
  private int traces;

  /** Switch-ins and ticks that count against the thread. */
  long turns;

  private int offeredIrq = VirtualIc.NONE;
  private int offeredIpl;
  private int interruptedIrq = VirtualIc.NONE;
  private int interruptedIpl;

  /** A block for {@code setup}, with the guest's interrupt controller and memory map. */
  public VmThread(Setup setup, VirtualIc ic, VmMap map) {
    this.setup = setup;
    this.ic = ic;
    this.map = map;
  }

  /** What the configuration says. */
  public Setup setup() {
    return setup;
  }

  /** Thread id. */
  public int id() {
    return setup.id();
  }

  /** The guest's interrupt controller. */
  public VirtualIc ic() {
    return ic;
  }

  /** What is where in the thread's address space. */
  public VmMap map() {
    return map;
  }

  /** The guest's Count and Compare. */
  public GuestClock clock() {
    return clock;
  }

  /** The saved guest half. */
  public GuestContext guest() {
    return guest;
  }

  /** The saved root half. */
  public RootContext root() {
    return root;
  }

  /** What happened last. */
  public History history() {
    return history;
  }

  /** Back to the state before the first instruction; debug flags and the turn count stay. */
  void restart() {
    ic.reset();
    history.reset();
    offered(VirtualIc.NONE, 0);
    interruptedIrq = VirtualIc.NONE;
    interruptedIpl = 0;
    running = true;
    stopped = false;
    fault = null;
  }

  /** Whether it wants to run (it is not in WAIT). */
  public boolean running() {
    return running;
  }

  /** Sets whether it wants to run. */
  void running(boolean wants) {
    running = wants;
  }

  /** Whether it may run. */
  public boolean eligible() {
    return running && !stopped;
  }

  /** Whether it is stopped by command or fault. */
  public boolean stopped() {
    return stopped;
  }

  /** Why it was stopped as faulty, or null. */
  public @Nullable String fault() {
    return fault;
  }

  void stop() {
    running = false;
    stopped = true;
  }

  void fail(String why) {
    stop();
    fault = why;
  }

  void proceed() {
    running = true;
    stopped = false;
    fault = null;
  }

  /** Flips a trace flag and says whether it is on now. */
  public boolean toggle(int flag) {
    traces ^= flag;
    return (traces & flag) != 0;
  }

  /** Whether {@code trace} is on, and debug with it. */
  public boolean traces(int trace) {
    return (traces & (DEBUG | trace)) == (DEBUG | trace);
  }

  /** The flags as tinyVP numbers them. */
  public int flags() {
    return (running ? RUNNING : 0)
        | (stopped ? STOPPED : 0)
        | traces
        | (clock.chronic() ? CHRONIC : 0);
  }

  /** The interrupt that is on offer in GuestCtl2, or -1. */
  public int offeredIrq() {
    return offeredIrq;
  }

  /** Priority of the interrupt on offer, or 0. */
  public int offeredIpl() {
    return offeredIpl;
  }

  /** Notes what GuestCtl2 offers. */
  public void offered(int irq, int ipl) {
    offeredIrq = irq;
    offeredIpl = ipl;
  }

  /** The guest has taken what was on offer. */
  public void accepted() {
    interruptedIrq = offeredIrq;
    interruptedIpl = offeredIpl;
    history.interrupt(interruptedIrq);
    offered(VirtualIc.NONE, 0);
  }

  /** The last interrupt that the guest took, or -1. */
  public int interruptedIrq() {
    return interruptedIrq;
  }

  /** Priority of the last interrupt that the guest took. */
  public int interruptedIpl() {
    return interruptedIpl;
  }

  /** A root register as it was saved. */
  public int saved(Cp0Reg register) {
    return root.get(register);
  }
}
