package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.snapshot.Restored;
import org.vzrig.emulator.time.EventQueue;

/**
 * The MIPS M5150 core: its modes, interrupts and the run loop.
 *
 * <p>One instruction takes one cycle of SYSCLK. Owned by the machine thread.
 */
public final class Cpu extends CoreEngine implements InterruptInput, Restored {
  private static final int LONGEST_RUN = 1 << 30;

  final CoreLines lines;
  final CoreTimer timer;
  final Cop0 cop0;
  final PerfCounters counters;

  /** Instructions, a delay slot being one, that the last run of the engine completed. */
  private transient int completed;

  private boolean debugStepDone;
  private boolean leave;
  private transient boolean stateChanged = true;
  private final transient Mode.Table modes = new Mode.Table();
  private int requestedRipl;
  private int requestedVector;
  private int requestedSet;
  private @Nullable RootMode rootMode;
  private boolean idle;
  private int nextBootIsa;

  /**
   * A core on {@code bus}.
   *
   * @param events queue of the machine; the core's timer lives in it
   * @param lines where the timer, software and performance counter interrupts go
   */
  public Cpu(CpuBus bus, EventQueue events, CoreLines lines) {
    super(bus);
    this.lines = lines;
    timer = new CoreTimer(this, events);
    cop0 = new Cop0(this);
    counters = new PerfCounters(this, events);
    reset();
  }

  // --- outside view

  /** Which engine executes instructions. */
  public enum Engine {
    /** The interpreter alone. */
    INTERPRETER,
    /** Translated code wherever something is executed more than a few times. */
    TRANSLATOR,
    /** Translated code where it is hot, the interpreter elsewhere. */
    AUTO
  }

  /** Puts the core into the state after reset; it goes on at BFC00000. */
  public void reset() {
    root.reset();
    guest.reset();
    root.bootIsa(nextBootIsa);
    guest.bootIsa(nextBootIsa);
    rootTlb.reset();
    guestTlb.reset();
    timer.reset();
    counters.reset();
    watch.changed();
    fpu.reset();
    dsp.control = 0;
    clearLink();
    waiting = false;
    pc = resetVector();
    stateChanged();
  }

  /**
   * Which instruction set the core is in after reset and in bootstrap exception handlers
   * (DEVCFG0.BOOTISA); from the next {@link #reset} on.
   */
  public void bootMicroMips(boolean micro) {
    nextBootIsa = micro ? 1 : 0;
  }

  /**
   * Lets {@code cycles} of virtual time pass without executing: the cost of work done outside the
   * core.
   */
  public void consume(int cycles) {
    base += cycles;
    idled += cycles;
    goal -= cycles;
    limit = 0;
  }

  /**
   * Executes until the clock reaches {@code untilCycle} (a delay slot may end one cycle later), or
   * until {@link #kick}. A core that waits lets the time pass.
   */
  public void run(long untilCycle) {
    leave = false;
    while (!leave && cycles() < untilCycle) {
      followState();
      if (!takeInterrupt()) {
        if (waiting) {
          idled += untilCycle - base;
          base = untilCycle;
        } else {
          execute(untilCycle);
        }
      }
    }
  }

  /** Makes {@link #run} return after the instruction that executes now. */
  public void kick() {
    leave = true;
    limit = 0;
  }

  private void execute(long untilCycle) {
    if (singly()) {
      step();
      return;
    }
    goal = (int) Math.min(untilCycle - base, LONGEST_RUN);
    limit = goal;
    run(engine);
  }

  private boolean singly() {
    return probe.active() || mode.debugSteps || counters.steps();
  }

  /**
   * Between two instructions of an engine that was told to leave: does what it was told for, and
   * says whether it may go on, which may be in a handler.
   */
  boolean goesOn() {
    if (n < limit) {
      return true;
    }
    delaySlot = -1;
    do {
      if (leave || waiting || n >= goal) {
        return false;
      }
      followState();
    } while (takeInterrupt() && rootMode != null);
    followState();
    if (leave || singly()) {
      return false;
    }
    limit = goal;
    return true;
  }

  /** As {@link #goesOn} with translated code on the stack, which has to hold. */
  boolean goesOnInside() {
    boolean holds = !lost && goesOn();
    if (lost) {
      limit = 0;
    }
    return holds && !lost;
  }

  /** Takes what translated code has ended with; false where that stops the core. */
  boolean take() {
    CpuException e = thrown;
    if (e == null || e.halt) {
      return e == null;
    }
    thrown = null;
    exceptions.take(e);
    delaySlot = -1; // a handler begins in none
    return true;
  }

  /** One instruction (a branch with its delay slot), or none when the probe stops the core. */
  private void step() {
    if (probe.active() && !probe.admits()) {
      leave = true;
      return;
    }
    limit = 1;
    int first = pc;
    boolean counts = counters.steps();
    boolean translates = !plain;
    plain = true;
    run(INTERPRETER);
    plain = !translates;
    debugStepDone = mode.debugSteps && completed > 0;
    if (counts) {
      counters.completed(first, completed);
    }
  }

  private void run(Interpreter chosen) {
    delaySlot = -1;
    try {
      chosen.run(this);
    } catch (CpuException e) {
      thrown = e;
    }
    if (thrown != null) {
      CpuException e = thrown;
      thrown = null;
      raised(e);
    } else {
      probe.executed(n == 2);
      completed = n;
      fold();
    }
  }

  private void raised(CpuException e) {
    boolean inSlot = inDelaySlot();
    if (e.halt) {
      rewind(inSlot);
      return;
    }
    probe.executed(inSlot && !e.fetch);
    completed = inSlot ? 1 : 0;
    fold();
    delaySlot = inSlot ? 0 : -1;
    exceptions.take(e);
    delaySlot = -1;
  }

  /** Undoes the instruction that was not allowed to finish, with the branch before it. */
  private void rewind(boolean inSlot) {
    n -= inSlot ? 2 : 1;
    pc = restart(inSlot);
    fold();
    leave = true;
  }

  private void fold() {
    base += n;
    n = 0;
  }

  @Override
  public void request(int ripl, int vectorOffset, int shadowSet) {
    requestedRipl = ripl;
    requestedVector = vectorOffset;
    requestedSet = shadowSet;
    if (ripl > 0) {
      leaveEngine();
    }
  }

  private boolean takeInterrupt() {
    return requested() && takeRequest();
  }

  private boolean requested() {
    boolean interrupts = (requestedRipl | root.guestCtl2() >>> 24) != 0;
    return interrupts || debugStepDone || watch.deferred();
  }

  private boolean takeRequest() {
    if (debugStepDone) {
      debugStepDone = false;
      exceptions.debugStep();
      return true;
    }
    if (requestedRipl > 0 && waiting) {
      // Config7.WII: a request ends WAIT even where interrupts are masked
      waiting = false;
    }
    if (Status.accepts(root.status(), requestedRipl) && !inDebug()) {
      exceptions.interruptRoot(requestedRipl, requestedVector, requestedSet);
      return true;
    }
    if (guestInterruptWaits()) {
      exceptions.interruptGuest(root.guestCtl2());
      return true;
    }
    return !waiting && watch.takeDeferred();
  }

  private boolean guestInterruptWaits() {
    return guestMode && Status.accepts(guest.status(), root.guestCtl2() >>> 24);
  }

  /** Whether the core is in WAIT and no interrupt is there to end it. */
  public boolean waiting() {
    return waiting && requestedRipl == 0 && !(inGuest() && guestInterruptWaits());
  }

  /** Whether the core runs in guest mode. */
  public boolean inGuest() {
    followState();
    return guestMode;
  }

  private void followState() {
    if (stateChanged) {
      updateMode();
    }
  }

  /** The shadow set that the current mode uses. */
  public int currentSet() {
    followState();
    return mode.set;
  }

  /** Lets Java code own root mode, or MIPS code again with null. */
  public void rootMode(@Nullable RootMode handler) {
    rootMode = handler;
  }

  /** For a {@link RootMode}: when it returns, root waits for the next interrupt. */
  public void idle() {
    idle = true;
  }

  /**
   * For a {@link RootMode} that starts or resumes a guest outside an exception: does what ERET does
   * with root's state.
   */
  public void enter() {
    pc = root.returnFrom();
    stateChanged();
    clearLink();
    waiting = idle;
    idle = false;
  }

  /**
   * A non-maskable interrupt: ErrorEPC, ERL and the reset vector (MIPS32 volume III, 6.2.3), or the
   * {@link RootMode}'s own answer. Between instructions only.
   */
  public void nmi() {
    int status = root.status() & ~(Status.TS | Status.SR);
    root.set(Cp0Reg.ERROREPC, pc);
    root.set(Cp0Reg.STATUS, status | Status.BEV | Status.NMI | Status.ERL);
    waiting = false;
    pc = resetVector();
    if (rootMode != null) {
      rootMode.nmi(this);
      waiting |= idle;
      idle = false;
    }
  }

  /** Forgets what was remembered of code and translations before. */
  @Override
  public void restored() {
    mmu.flush();
    fetchBase = ~pc;
    mode = Mode.NONE;
    stateChanged();
  }

  // --- for the rest of the core

  void stateChanged() {
    stateChanged = true;
    limit = 0;
  }

  /**
   * {@code context} has entered exception level. Mostly nothing follows from that, since the core
   * was in kernel mode before.
   */
  void entered(Cp0 context) {
    if (!mode.kernel || !stays(context)) {
      stateChanged();
    }
  }

  /** {@code context} has left exception level: what waited for that comes now. */
  void left(Cp0 context) {
    boolean toGuest = !context.guest && (root.guestCtl0() & GuestCtl0.GM) != 0;
    if (toGuest || !Status.kernel(context.status()) || !stays(context)) {
      stateChanged();
    } else {
      maskChanged();
    }
  }

  /** Other interrupts may be accepted now than before: one that waits is looked at. */
  void maskChanged() {
    if (requested()) {
      leaveEngine();
    }
  }

  /** Whether the core goes on in {@code context}, and nobody counts at which level. */
  private boolean stays(Cp0 context) {
    return mode.guest == context.guest && !counters.used();
  }

  /** Java owns root mode: let it handle the exception, then go on where it says. */
  void handOver(int vectorOffset) {
    waiting = false;
    if (rootMode != null) {
      updateMode();
      rootMode.exception(this, vectorOffset);
      enter();
    }
  }

  /** Follows root and guest state with mode, register set and translations. */
  private void updateMode() {
    stateChanged = false;
    int key = Mode.key(root, guest);
    if (key != mode.key) {
      enter(modes.of(key));
    }
    soft = mode.soft(mmu);
    counters.modeChanged();
  }

  private void enter(Mode entered) {
    mode = entered;
    guestMode = entered.guest;
    kernel = entered.kernel;
    dspUsable = entered.dspUsable;
    gpr = sets[entered.set];
    fpu.mode(entered.fpuUsable, entered.wide);
  }
}
