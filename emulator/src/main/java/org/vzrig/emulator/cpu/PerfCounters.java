package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;

/**
 * The two performance counters (MIPS32 volume III, PerfCtl and PerfCnt; VZ volume IV-i for the
 * event class). Cycles and instructions are differences of clocks and cost nothing; while an event
 * asks for each instruction, the interpreter steps.
 */
final class PerfCounters {
  private static final int COUNTERS = 2;
  private static final long OVERFLOW = 1L << 31;
  private static final int EXL = 1;
  private static final int KERNEL = 1 << 1;
  private static final int USER = 1 << 3;
  private static final int INTERRUPT = 1 << 4;
  private static final int CLASS_SHIFT = 23;

  /** Of a decoded instruction: its id, without the flags of microMIPS. */
  private static final int ID = 0xFFFF;

  private static final Cp0Reg[] CTL = {Cp0Reg.PERFCTL0, Cp0Reg.PERFCTL1};
  private static final Cp0Reg[] CNT = {Cp0Reg.PERFCNT0, Cp0Reg.PERFCNT1};

  private final Cpu cpu;
  private final EventQueue events;
  private final Event overflow;
  private final @Nullable PerfEvent[] event = new PerfEvent[COUNTERS];
  private final boolean[] counting = new boolean[COUNTERS];
  private final long[] since = new long[COUNTERS];
  private boolean used;
  private boolean steps;

  PerfCounters(Cpu cpu, EventQueue events) {
    this.cpu = cpu;
    this.events = events;
    overflow = events.event("PerfCnt", this::update);
  }

  void reset() {
    for (int i = 0; i < COUNTERS; i++) {
      counting[i] = false;
      event[i] = null;
    }
    used = false;
    steps = false;
    events.cancel(overflow);
    cpu.lines.performanceCounter(false);
  }

  /** Whether the core has to execute instruction by instruction and tell of each. */
  boolean steps() {
    return steps;
  }

  /** Whether something is counted, so that the core's mode matters. */
  boolean used() {
    return used;
  }

  /** Brings PerfCnt up to the present, before it is read or before what counts changes. */
  void catchUp() {
    for (int i = 0; i < COUNTERS; i++) {
      PerfEvent what = event[i];
      if (counting[i] && what != null && what.timed()) {
        long now = clock(what);
        add(i, (int) (now - since[i]));
        since[i] = now;
      }
    }
  }

  private long clock(PerfEvent what) {
    return what == PerfEvent.CYCLES ? cpu.cycles() : cpu.instructions();
  }

  private void add(int i, int amount) {
    cpu.root.put(CNT[i], cpu.root.get(CNT[i]) + amount);
  }

  /** PerfCtl or PerfCnt was written; PerfCnt was brought up to date before. */
  void written() {
    used = false;
    for (int i = 0; i < COUNTERS; i++) {
      int ctl = cpu.root.get(CTL[i]);
      event[i] = (ctl & 0xF) == 0 ? null : PerfEvent.of(i, ctl >>> 5 & 0x3F);
      used |= event[i] != null;
    }
    choose();
    update();
  }

  /** The core's mode has changed; until now it counted as before. */
  void modeChanged() {
    if (used) {
      catchUp();
      choose();
      update();
    }
  }

  private void choose() {
    steps = false;
    for (int i = 0; i < COUNTERS; i++) {
      PerfEvent what = event[i];
      counting[i] = what != null && inMode(cpu.root.get(CTL[i]));
      if (what != null && counting[i]) {
        since[i] = what.timed() ? clock(what) : 0;
        steps |= what.looksAtInstructions();
      }
    }
  }

  /** EC 0: root mode, 1: root mode on behalf of a guest, 2: guest mode, 3: both of these. */
  private boolean inMode(int ctl) {
    int kind = ctl >>> CLASS_SHIFT & 3;
    boolean intervention = !cpu.guestMode && cpu.root.has(Cp0Reg.GUESTCTL0, GuestCtl0.GM);
    boolean context =
        switch (kind) {
          case 0 -> !cpu.guestMode;
          case 1 -> intervention;
          case 2 -> cpu.guestMode;
          default -> cpu.guestMode || intervention;
        };
    int status = (cpu.guestMode ? cpu.guest : cpu.root).get(Cp0Reg.STATUS);
    return context && !cpu.inDebug() && (ctl & level(status)) != 0;
  }

  /** Which enable bit the core's level needs; nothing counts at error level. */
  private int level(int status) {
    if ((status & Status.ERL) != 0) {
      return 0;
    }
    return (status & Status.EXL) != 0 ? EXL : cpu.kernel ? KERNEL : USER;
  }

  /** Works out the request, and when it may come. */
  private void update() {
    catchUp();
    boolean request = false;
    long nearest = Long.MAX_VALUE;
    for (int i = 0; i < COUNTERS; i++) {
      boolean enabled = cpu.root.has(CTL[i], INTERRUPT);
      int count = cpu.root.get(CNT[i]);
      request |= enabled && count < 0;
      PerfEvent what = event[i];
      if (enabled && count >= 0 && counting[i] && what != null && what.timed()) {
        nearest = Math.min(nearest, OVERFLOW - count);
      }
    }
    if (nearest == Long.MAX_VALUE) {
      events.cancel(overflow);
    } else {
      events.schedule(overflow, cpu.cycles() + nearest);
    }
    int cause = cpu.root.get(Cp0Reg.CAUSE);
    cpu.root.put(Cp0Reg.CAUSE, request ? cause | Cause.PCI : cause & ~Cause.PCI);
    cpu.lines.performanceCounter(request);
  }

  /** An exception or interrupt is about to be taken. */
  void exceptionTaken() {
    if (used) {
      countException();
    }
  }

  private void countException() {
    for (int i = 0; i < COUNTERS; i++) {
      if (counting[i] && event[i] == PerfEvent.EXCEPTIONS) {
        add(i, 1);
        update();
      }
    }
  }

  /** {@code count} instructions from {@code first} on, a branch and its delay slot, completed. */
  void completed(int first, int count) {
    int va = first;
    for (int i = 0; i < count && cpu.fetchable(va); i++) {
      int word = cpu.instructionAt(va);
      boolean micro = (va & 1) != 0;
      long packed = micro ? InsnTable.MIPS32.packMicro(word) : InsnTable.MIPS32.pack(word);
      int id = (int) (packed >>> 32) & ID;
      completed(InsnTable.MIPS32.everything().get(id - 1), (int) packed, micro);
      va = cpu.following(va);
    }
  }

  private void completed(InsnDef def, int word, boolean micro) {
    int result = def.has('t') ? cpu.gpr[def.field('t').of(word)] : 0;
    for (int i = 0; i < COUNTERS; i++) {
      PerfEvent what = event[i];
      if (what != null && counting[i] && what.counts(def, word, micro, result)) {
        add(i, 1);
        update();
      }
    }
  }
}
