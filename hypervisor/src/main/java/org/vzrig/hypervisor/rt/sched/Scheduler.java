package org.vzrig.hypervisor.rt.sched;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.hypervisor.rt.core.Bits;

/**
 * Who runs.
 *
 * <p>As in tinyVP a thread's turns are counted, and of the threads that want to run the one with
 * the smallest count + 2 * id gets the core, until it waits or the tick of one second comes. Two
 * things differ: a tick spent counts as a turn, and a thread that has waited comes back with a
 * count near that of the others; so nobody starves, however different the past of the threads is.
 * And a thread that waited for an interrupt gets the core when it comes, whoever runs.
 */
public final class Scheduler {
  private final Cpu cpu;
  private final VmThread rootThread;
  private final List<VmThread> threads = new ArrayList<>();
  private VmThread current;
  private boolean reconsider;
  private @Nullable VmThread woken;
  private Runnable beforeSwitch = () -> {};

  /** A scheduler on {@code cpu}; {@code root} is root's own block, which runs now. */
  public Scheduler(Cpu cpu, VmThread root) {
    this.cpu = cpu;
    rootThread = root;
    current = root;
  }

  /** Adds a thread; in the order of their ids. */
  public void add(VmThread thread) {
    thread.turns = 2L * thread.id();
    threads.add(thread);
  }

  /** Sets what is done before another thread's state is loaded. */
  public void beforeSwitch(Runnable action) {
    beforeSwitch = action;
  }

  /** The thread whose registers are in the core. */
  public VmThread current() {
    return current;
  }

  /** All threads but root's, by id. */
  public List<VmThread> threads() {
    return threads;
  }

  /** The thread with this id, or null; root has none. */
  public @Nullable VmThread thread(int id) {
    return threads.stream().filter(t -> t.id() == id).findFirst().orElse(null);
  }

  /** Whether root itself holds the core, waiting for something to do. */
  public boolean idle() {
    return current == rootThread;
  }

  // --- registers of a thread, wherever they are

  /** Root register of {@code thread}. */
  public int root(VmThread thread, Cp0Reg register) {
    return thread == current ? cpu.root().get(register) : thread.root().get(register);
  }

  /** Sets a root register of {@code thread}. */
  public void root(VmThread thread, Cp0Reg register, int value) {
    if (thread == current) {
      cpu.root().set(register, value);
    } else {
      thread.root().set(register, value);
    }
  }

  /** Guest register of {@code thread}. */
  public int guest(VmThread thread, Cp0Reg register) {
    return thread == current ? cpu.guest().get(register) : thread.guest().get(register);
  }

  /** Sets a guest register of {@code thread}. */
  public void guest(VmThread thread, Cp0Reg register, int value) {
    if (thread == current) {
      cpu.guest().set(register, value);
    } else {
      thread.guest().set(register, value);
    }
  }

  // --- what threads do

  /** The thread that runs waits for an interrupt. */
  public void pause() {
    current.running(false);
    reconsider = true;
  }

  /** Something has come that {@code thread} may wait for. */
  public void wake(VmThread thread) {
    if (thread.running()) {
      return;
    }
    thread.running(true);
    if (thread.eligible()) {
      catchUp(thread);
      woken = woken == null ? thread : woken;
    }
  }

  /** Brings the count of a thread that was away near the smallest of those that run. */
  private void catchUp(VmThread thread) {
    long least = Long.MAX_VALUE;
    for (VmThread other : threads) {
      if (other != thread && other.eligible()) {
        least = Math.min(least, other.turns);
      }
    }
    if (least != Long.MAX_VALUE) {
      thread.turns = Math.clamp(thread.turns, least, least + 2);
    }
  }

  /** A second has passed. */
  public void tick() {
    current.turns++;
    reconsider = true;
  }

  /** Root has something to do: the thread that runs is set aside with its registers saved. */
  public void enterRoot() {
    if (!idle()) {
      save(current);
      current = rootThread;
    }
    reconsider = true;
  }

  /** Stops {@code thread} by command. */
  public void stop(VmThread thread) {
    thread.stop();
    reconsider = true;
  }

  /** Stops {@code thread} because it did {@code what} it must not. */
  public void fail(VmThread thread, String what) {
    thread.fail(what);
    reconsider = true;
  }

  /** Lets {@code thread} run again where it was stopped. */
  public void proceed(VmThread thread) {
    thread.proceed();
    catchUp(thread);
    reconsider = true;
  }

  /** Takes {@code thread} back to its entry; it must not hold the core. */
  public void restart(VmThread thread, GuestTimers timers) {
    thread.restart();
    if (thread.setup().guest()) {
      timers.restart(thread);
    }
    InitialState.fill(thread);
    catchUp(thread);
    reconsider = true;
  }

  // --- who is next

  /** Before root returns: gives the core to whom it belongs. */
  public void settle() {
    VmThread next = choose();
    woken = null;
    reconsider = false;
    if (next != current) {
      switchTo(next);
    }
    if (next == rootThread) {
      becomeIdle();
    }
  }

  private VmThread choose() {
    VmThread first = woken;
    if (first != null && first.eligible() && mayPreempt(first)) {
      return first;
    }
    return !reconsider && current.eligible() ? current : best();
  }

  /** A thread in root mode that has raised its own priority level is not put aside for others. */
  private boolean mayPreempt(VmThread thread) {
    return !current.eligible() || level(thread) >= level(current);
  }

  private int level(VmThread thread) {
    return Bits.ipl(root(thread, Cp0Reg.STATUS));
  }

  private VmThread best() {
    VmThread best = rootThread;
    for (VmThread thread : threads) {
      if (thread.eligible()
          && mayPreempt(thread)
          && (best == rootThread || thread.turns < best.turns)) {
        best = thread;
      }
    }
    return best;
  }

  private void switchTo(VmThread next) {
    beforeSwitch.run();
    if (!idle()) {
      save(current);
    }
    current = next;
    if (next != rootThread) {
      next.turns++;
      load(next);
    }
  }

  private void save(VmThread thread) {
    boolean guest = thread.setup().guest();
    thread.root().save(cpu, thread.setup().shadowSet(), guest);
    if (guest) {
      thread.guest().save(cpu);
    }
  }

  /** FPU and DSP come back on demand. */
  private void load(VmThread thread) {
    boolean guest = thread.setup().guest();
    if (guest) {
      thread.guest().load(cpu);
    }
    RootContext root = thread.root();
    root.set(Cp0Reg.STATUS, root.get(Cp0Reg.STATUS) & ~(Bits.STATUS_CU1 | Bits.STATUS_MX));
    root.load(cpu, thread.setup().shadowSet(), guest);
  }

  private void becomeIdle() {
    cpu.root().set(Cp0Reg.GUESTCTL0, cpu.root().get(Cp0Reg.GUESTCTL0) & ~Bits.GUESTCTL0_GM);
    cpu.root().set(Cp0Reg.GUESTCTL2, 0);
    cpu.root().set(Cp0Reg.STATUS, Bits.STATUS_FR | Bits.STATUS_IE | Bits.STATUS_EXL);
    cpu.root().set(Cp0Reg.SRSCTL, cpu.root().get(Cp0Reg.SRSCTL) & ~0x3CF);
    cpu.idle();
  }
}
