package org.vzrig.hil.agent;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.vzrig.emulator.port.Doorbell;
import org.vzrig.emulator.port.EventRing;

/** Steps one agent on a thread of its own; it sleeps while there is nothing to do. */
public final class AgentThread implements AutoCloseable {
  private static final long ROOM_NANOS = 50_000;

  private final Agent agent;
  private final Doorbell doorbell = new Doorbell();
  private final Thread thread;
  private volatile boolean closing;

  /** Starts a daemon thread for {@code agent}. */
  public AgentThread(Agent agent) {
    this.agent = agent;
    thread = Thread.ofPlatform().name(agent.name()).daemon().unstarted(this::run);
    thread.start();
  }

  /** Any thread: there may be something to do. Costs a fence when the agent is awake or idle. */
  public void wake() {
    doorbell.ring();
  }

  /**
   * Producer: waits until {@code ring}, which the agent drains, is half empty. For runs at full
   * speed, where virtual time does not care how long this takes.
   */
  public void awaitRoom(EventRing ring) {
    while (ring.size() > ring.capacity() / 2 && thread.isAlive()) {
      wake();
      LockSupport.parkNanos(ROOM_NANOS);
    }
  }

  /** Lets the agent do what is left, closes it and waits for its thread to end. */
  @Override
  public void close() {
    closing = true;
    wake();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The same, but leaves an agent behind that has not ended after {@code patience}: one that the
   * host does not let go.
   *
   * @return whether it has ended
   */
  public boolean close(Duration patience) {
    closing = true;
    wake();
    try {
      return thread.join(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try {
      while (true) {
        boolean last = closing;
        if (agent.step() == 0) {
          if (last) {
            return;
          }
          doorbell.await(() -> closing || agent.ready(), agent.idleNanos());
        }
      }
    } finally {
      agent.close();
    }
  }
}
