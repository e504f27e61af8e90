package org.vzrig.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.port.Doorbell;

/**
 * The one thread that owns a machine.
 *
 * <p>It runs slice after slice at the pace it was given. Between slices it executes commands from
 * other threads, takes inputs from rings and tells its listeners that there may be output. It never
 * waits for another thread, except where {@link #betweenSlices} hooks of a fast run choose to.
 */
public final class MachineThread {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long REST_NANOS = 1_000_000_000;

  private final Workload machine;
  private final Pacer pacer;
  private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
  private final Doorbell doorbell = new Doorbell();
  private final List<Runnable> hooks = new ArrayList<>();
  private final CompletableFuture<Ended> ended = new CompletableFuture<>();
  private final Thread thread;
  private long stopAt = NEVER;
  private @Nullable Object stopReason;
  private volatile boolean inputWaits;
  private volatile long published;

  /** Why a run ended. */
  public sealed interface Ended {
    /** Somebody called {@link MachineThread#stop}. */
    record Stopped(Object reason) implements Ended {}

    /** The virtual time given to {@link MachineThread#stopAt} has come. */
    record TimeUp() implements Ended {}

    /** The machine threw: a defect of ours. */
    record Failed(Throwable failure) implements Ended {}
  }

  /** A thread for {@code machine} that paces with {@code pacer}; {@link #start} starts it. */
  public MachineThread(Workload machine, Pacer pacer) {
    this.machine = machine;
    this.pacer = pacer;
    published = machine.cycles();
    thread = Thread.ofPlatform().name("machine").unstarted(this::run);
  }

  /** Before the start: ends the run when virtual time is {@code cycle}. */
  public void stopAt(long cycle) {
    stopAt = cycle;
  }

  /** Before the start: {@code hook} runs on the machine thread after every slice. */
  public void betweenSlices(Runnable hook) {
    hooks.add(hook);
  }

  /** Starts running. */
  public void start() {
    thread.start();
  }

  /** Any thread: runs {@code command} on the machine thread between two slices. */
  public void post(Runnable command) {
    commands.add(command);
    wake();
  }

  /** Any thread: computes a reply on the machine thread between two slices. */
  public <T> CompletableFuture<T> call(Supplier<T> command) {
    CompletableFuture<T> reply = new CompletableFuture<>();
    post(
        () -> {
          try {
            reply.complete(command.get());
          } catch (RuntimeException e) {
            reply.completeExceptionally(e);
          }
        });
    return reply;
  }

  /** Any thread: an input ring was filled. */
  public void wake() {
    inputWaits = true;
    doorbell.ring();
  }

  /** Machine thread: ends the run after this slice; the first reason counts. */
  public void stop(Object reason) {
    if (stopReason == null) {
      stopReason = reason;
    }
  }

  /** Completed when the run has ended and the last hooks have run. */
  public CompletableFuture<Ended> ended() {
    return ended;
  }

  /** Any thread: virtual time at the end of the last slice, cycles. */
  public long cycles() {
    return published;
  }

  /** The pacer, for its counts. */
  public Pacer pacer() {
    return pacer;
  }

  private void run() {
    Ended how;
    try {
      how = slices();
    } catch (RuntimeException | Error e) {
      how = new Ended.Failed(e);
    }
    try {
      runHooks();
    } catch (RuntimeException e) {
      how = new Ended.Failed(e);
    }
    ended.complete(how);
  }

  private Ended slices() {
    pacer.start(machine.cycles());
    while (true) {
      takeCommands();
      if (stopReason != null) {
        return new Ended.Stopped(stopReason);
      }
      if (machine.cycles() >= stopAt) {
        return new Ended.TimeUp();
      }
      if (machine.halted()) {
        rest();
      } else {
        slice();
      }
    }
  }

  /** Virtual time stands still until a command changes that. */
  private void rest() {
    doorbell.await(() -> inputWaits, REST_NANOS);
    pacer.start(machine.cycles());
  }

  private void slice() {
    if (advance()) {
      runHooks();
    }
    long sleep = pacer.sleepNanos(machine.cycles(), nextWork());
    if (sleep > 0 && stopReason == null) {
      doorbell.await(() -> inputWaits, sleep);
    }
  }

  private boolean advance() {
    long target = Math.min(pacer.target(machine.cycles(), nextWork()), stopAt);
    if (target <= machine.cycles()) {
      return false;
    }
    machine.runTo(target);
    published = machine.cycles();
    return true;
  }

  private long nextWork() {
    return Math.min(machine.nextWork(), stopAt);
  }

  private void takeCommands() {
    if (!inputWaits) {
      return;
    }
    inputWaits = false;
    if (pacer.sleepNanos(machine.cycles(), nextWork()) > 0) {
      advance(); // it slept and is behind the host: an input must not arrive in its past
    }
    for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
      command.run();
    }
    runHooks();
  }

  private void runHooks() {
    for (Runnable hook : hooks) {
      hook.run();
    }
  }
}
