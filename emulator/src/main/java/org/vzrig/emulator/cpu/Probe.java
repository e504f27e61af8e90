package org.vzrig.emulator.cpu;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A core's observer, breakpoints, watchpoints and single steps.
 *
 * <p>While an observer, a breakpoint or a step is set, the core executes instruction by instruction
 * with the interpreter, to the same effect; a watchpoint only keeps its pages off the fast path of
 * loads and stores. Without any of them nothing is spent. Belongs to the machine thread.
 */
public final class Probe {
  /** Why the core stopped. */
  public enum Reason {
    /** {@link Probe#stop} was called. */
    REQUEST,
    /** The steps given to {@link Probe#resume(long, boolean)} are done. */
    STEP,
    /** The next instruction has a breakpoint. */
    BREAKPOINT,
    /** The next instruction would read a watched address. */
    READ,
    /** The next instruction would write a watched address. */
    WRITE
  }

  /**
   * Where and why the core stopped.
   *
   * @param reason why
   * @param address virtual address of the instruction, or the watched one that it would access
   */
  public record Stop(Reason reason, int address) {}

  /**
   * A watched range of virtual addresses.
   *
   * @param address first address
   * @param length bytes
   * @param reads whether loads stop the core
   * @param writes whether stores stop the core
   */
  public record Watch(int address, int length, boolean reads, boolean writes) {
    private boolean covers(int va, int size) {
      long first = Integer.toUnsignedLong(address);
      long wanted = Integer.toUnsignedLong(va);
      return wanted < first + length && first < wanted + size;
    }

    private int firstOf(int va) {
      return Integer.compareUnsigned(va, address) < 0 ? address : va;
    }
  }

  private static final int PAGE_SIZE = -SoftTlb.PAGE;

  /** For {@link #resume(long, boolean)}: until something else stops the core. */
  public static final long NO_STEPS = -1;

  private final Cpu cpu;
  private final Set<Integer> breakpoints = new HashSet<>();
  private final List<Watch> watches = new ArrayList<>();
  private @Nullable CoreObserver observer;
  private boolean observed;
  private @Nullable Stop stop;
  private long steps = NO_STEPS;
  private boolean pass;
  private boolean active;
  private int begun;
  private int behind;
  private int announced;

  Probe(Cpu cpu) {
    this.cpu = cpu;
  }

  // --- what others set

  /** Sets who is told of every instruction, exception and interrupt; null for nobody. */
  public void observe(@Nullable CoreObserver coreObserver) {
    observer = coreObserver;
    observed = coreObserver != null && coreObserver.instructions();
    changed();
  }

  /**
   * Stops the core before it executes the instruction at virtual address {@code va}, of either
   * instruction set: bit 0 does not count.
   */
  public void breakAt(int va) {
    breakpoints.add(va & ~1);
    changed();
  }

  /** Removes a breakpoint. */
  public void clearBreak(int va) {
    breakpoints.remove(va & ~1);
    changed();
  }

  /** Stops the core before it accesses the range. */
  public void watch(Watch watch) {
    watches.add(watch);
    cpu.flushTranslations();
  }

  /** Removes a watched range. */
  public void unwatch(Watch watch) {
    watches.remove(watch);
    cpu.flushTranslations();
  }

  /** Removes all breakpoints and watched ranges. */
  public void clear() {
    breakpoints.clear();
    watches.clear();
    changed();
  }

  /** Stops the core before its next instruction. */
  public void stop() {
    if (stop == null) {
      stopped(Reason.REQUEST, cpu.pc() & ~1);
    }
  }

  /** Why the core has stopped; null while it runs. */
  public @Nullable Stop stopped() {
    return stop;
  }

  /** Goes on after a stop, whatever points lie on the next instruction. */
  public void resume() {
    resume(NO_STEPS, true);
  }

  /**
   * Goes on after a stop.
   *
   * @param count instructions until the next stop, a branch and its delay slot counting as one;
   *     {@link #NO_STEPS} for no end
   * @param past whether the next instruction executes whatever points lie on it
   */
  public void resume(long count, boolean past) {
    stop = null;
    steps = count;
    pass = past;
    changed();
  }

  /**
   * Tells the observer of an instruction that executes in a delay slot, if it has not been told
   * yet. For those who report an instruction's effects while it executes.
   */
  public void catchUp() {
    if (observed && cpu.pc != announced) {
      announce(cpu.pc);
    }
  }

  private void changed() {
    active = observed || stop != null || pass || steps != NO_STEPS || !breakpoints.isEmpty();
    cpu.leaveEngine();
  }

  // --- what the core asks

  /** Whether the core has to ask {@link #admits} before each instruction. */
  boolean active() {
    return active;
  }

  /** Before an instruction: whether it may execute; else the core has stopped. */
  boolean admits() {
    if (stop == null && steps == 0) {
      stopped(Reason.STEP, cpu.pc & ~1);
    }
    if (stop == null && !pass && breakpoints.contains(cpu.pc & ~1)) {
      stopped(Reason.BREAKPOINT, cpu.pc & ~1);
    }
    if (stop != null) {
      return false;
    }
    begun = cpu.pc;
    announce(begun);
    return true;
  }

  /** After one: {@code slot} tells whether it was a branch whose delay slot executed too. */
  void executed(boolean slot) {
    if (slot && observed && announced == begun) {
      announce(behind);
    }
    if (steps > 0) {
      steps--;
    }
    if (pass) {
      pass = false;
      changed();
    }
  }

  private void announce(int pc) {
    announced = pc;
    if (observed && observer != null && cpu.fetchable(pc)) {
      behind = cpu.following(pc);
      observer.instruction(executing(), pc, cpu.instructionAt(pc));
    }
  }

  /** GuestID in guest mode, else {@link CoreObserver#ROOT}. */
  public int context() {
    return cpu.inGuest() ? cpu.guestId() : CoreObserver.ROOT;
  }

  private int executing() {
    return cpu.guestMode ? cpu.guestId() : CoreObserver.ROOT;
  }

  /** Whether the page of {@code va} has to stay off the fast path. */
  boolean watches(int va) {
    for (int i = 0; i < watches.size(); i++) {
      if (watches.get(i).covers(va & SoftTlb.PAGE, PAGE_SIZE)) {
        return true;
      }
    }
    return false;
  }

  /** Before an access that takes the slow path: stops the core if somebody watches it. */
  void check(int va, int size, boolean write) {
    if (watches.isEmpty() || pass) {
      return;
    }
    for (Watch watch : watches) {
      if ((write ? watch.writes() : watch.reads()) && watch.covers(va, size)) {
        stopped(write ? Reason.WRITE : Reason.READ, watch.firstOf(va));
        throw cpu.exceptions.halt();
      }
    }
  }

  private void stopped(Reason reason, int address) {
    stop = new Stop(reason, address);
    steps = NO_STEPS;
    pass = false;
    changed();
  }

  /** An exception or interrupt was taken by {@code cp0}'s context; the PC is at its handler. */
  void taken(Cp0 cp0) {
    if (observer == null) {
      return;
    }
    int cause = cp0.get(Cp0Reg.CAUSE);
    Objects.requireNonNull(observer)
        .taken(
            new CoreObserver.Taken(
                executing(),
                cp0 == cpu.guest,
                Cause.excCode(cause),
                GuestCtl0.excCode(cpu.root.get(Cp0Reg.GUESTCTL0)),
                cause >>> 10 & 0xFF,
                cp0.get(Cp0Reg.NESTEDEPC),
                cp0.get(Cp0Reg.BADVADDR),
                cpu.pc));
  }
}
