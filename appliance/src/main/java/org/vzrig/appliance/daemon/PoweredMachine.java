package org.vzrig.appliance.daemon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.tinylog.Logger;
import org.vzrig.appliance.run.RunOptions.Pace;
import org.vzrig.appliance.run.Target;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.machine.FastPacer;
import org.vzrig.emulator.machine.MachineThread;
import org.vzrig.emulator.machine.MachineThread.Ended;
import org.vzrig.emulator.machine.RealTimePacer;
import org.vzrig.emulator.port.EventRing;
import org.vzrig.hil.agent.Agent;
import org.vzrig.hil.agent.AgentThread;

/**
 * A machine from power-on to power-off, with its thread and the agents beside it.
 *
 * <p>Whatever touches the machine goes through {@link #call} or {@link #post}.
 */
public final class PoweredMachine {
  private static final long SLICE_NANOS = 100_000;
  private static final long END_SECONDS = 2;

  private final Target target;
  private final Pace pace;
  private final Map<String, String> snapshotHeader;
  private final CycleTime time;
  private final Pausable workload;
  private final MachineThread thread;
  private final long startNanos = System.nanoTime();
  private final List<Lane> lanes = new ArrayList<>();
  private final List<EndListener> ends = new ArrayList<>();
  private final List<ReceiveListener> receivers = new ArrayList<>();
  private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
  private final AtomicLong calls = new AtomicLong();
  private volatile boolean paused;

  /** Told what is put on a line to the chip; on the machine thread. */
  @FunctionalInterface
  public interface ReceiveListener {
    /** {@code value} was put on the line to UART {@code uart}. */
    void received(long cycle, int uart, int value);
  }

  /** Told how far virtual time went, before the agents finish. */
  @FunctionalInterface
  public interface EndListener {
    /** The machine has ended at {@code cycle}. */
    void ended(long cycle);
  }

  private record Lane(AgentThread agent, EventRing ring) {}

  /** A machine that is to run {@code target}. */
  PoweredMachine(Target target, Pace pace) {
    this.target = target;
    this.pace = pace;
    snapshotHeader = Snapshots.header(target);
    time = new CycleTime(target.hz());
    workload = new Pausable(target.workload());
    long slice = Math.max(1, time.cycles(SLICE_NANOS));
    thread =
        new MachineThread(
            workload, pace == Pace.FAST ? new FastPacer(slice) : new RealTimePacer(time, slice));
    thread.betweenSlices(this::wakeAgents);
    var _ = thread.ended().thenRun(this::refuse);
  }

  // --- before the start

  /** Runs {@code agent}, which drains {@code ring}, beside the machine until its end. */
  public void beside(Agent agent, EventRing ring) {
    lanes.add(new Lane(new AgentThread(agent), ring));
  }

  /** Adds somebody who wants to know where virtual time ended. */
  public void atEnd(EndListener end) {
    ends.add(end);
  }

  /** Adds a listener for what is put on lines to the chip. */
  public void onReceive(ReceiveListener listener) {
    receivers.add(listener);
  }

  /** It will never run: its agents end. */
  void abandon() {
    lanes.forEach(lane -> lane.agent.close());
  }

  void start() {
    thread.start();
  }

  // --- machine thread

  /** Puts {@code value} on the line to UART {@code uart}. */
  public void type(int uart, int value) {
    target.uart().apply(uart).receive(value);
    received(uart, value);
  }

  /** Somebody has put {@code value} on the line to UART {@code uart}. */
  public void received(int uart, int value) {
    long cycle = workload.cycles();
    receivers.forEach(listener -> listener.received(cycle, uart, value));
  }

  private void wakeAgents() {
    for (Lane lane : lanes) {
      if (lane.ring.size() > 0) {
        if (pace == Pace.FAST) {
          lane.agent.awaitRoom(lane.ring);
        }
        lane.agent.wake();
      }
    }
  }

  // --- any thread

  /** What runs. */
  public Target target() {
    return target;
  }

  /** How virtual time passes. */
  public Pace pace() {
    return pace;
  }

  /** What a snapshot of it is known by. */
  Map<String, String> snapshotHeader() {
    return snapshotHeader;
  }

  /** How cycles and time relate. */
  public CycleTime time() {
    return time;
  }

  /** Its thread. */
  public MachineThread thread() {
    return thread;
  }

  /** Virtual time since power-on, in nanoseconds. */
  public long nanos() {
    return time.nanos(thread.cycles());
  }

  /** Time of the host since power-on, in nanoseconds. */
  public long hostNanos() {
    return System.nanoTime() - startNanos;
  }

  /** Whether virtual time stands still. */
  public boolean paused() {
    return paused;
  }

  /** Makes virtual time stand still or pass. */
  void pause(boolean stands) {
    paused = stands;
    thread.post(() -> workload.paused(stands));
  }

  /** Whether the machine thread still runs. */
  public boolean alive() {
    return !thread.ended().isDone();
  }

  /** Runs {@code command} on the machine thread between two slices. */
  public void post(Runnable command) {
    thread.post(command);
  }

  /** Computes something on the machine thread; fails when the machine ends before that. */
  public <T> CompletableFuture<T> call(Supplier<T> command) {
    CompletableFuture<T> reply = thread.call(command);
    // a dependent of ended() for each call would stay as long as the machine
    long number = calls.incrementAndGet();
    open.put(number, reply);
    var _ = reply.whenComplete((value, failure) -> open.remove(number));
    if (!alive()) {
      refuse();
    }
    return reply;
  }

  private void refuse() {
    var ended = new IllegalStateException("the machine has ended");
    open.values().forEach(reply -> reply.completeExceptionally(ended));
  }

  /** Ends the machine, lets its agents finish what it said, and says how it ended. */
  Ended end() {
    thread.post(() -> thread.stop("power off"));
    Ended how;
    try {
      how = thread.ended().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      Logger.error("the machine does not end: its last output may be missing");
      how = new Ended.Failed(e);
    }
    long cycle = thread.cycles();
    ends.forEach(end -> end.ended(cycle));
    lanes.forEach(lane -> lane.agent.close());
    return how;
  }
}
