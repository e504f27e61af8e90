package org.vzrig.hil.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.hil.agent.Agent;
import org.vzrig.hil.agent.AgentThread;

/**
 * A route over one {@link Wire}: an agent sends, a second thread receives and opens the wire again
 * when it was lost. While it is lost, so is what the UART sends.
 */
final class LineEnd implements RouteEnd {
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
  private static final long LINGER_NANOS = 1_000_000_000;
  private static final long FULL_NANOS = 2_000_000;
  private static final long IDLE_NANOS = 1_000_000_000;
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;

  private final Route route;
  private final Wire.Opener opener;
  private final Outlet outlet = new Outlet();
  private final Thread receiver;
  private volatile @Nullable AgentThread sender;
  private volatile @Nullable Wire wire;
  private volatile String where;
  private volatile String trouble = "";
  private volatile boolean closing;
  private volatile long absent;

  /** Opens the wire now; one that cannot be opened is an error unless {@code patient}. */
  LineEnd(Route route, Wire.Opener opener, boolean patient) throws IOException {
    this.route = route;
    this.opener = opener;
    where = route.spec().toString();
    try {
      opened(opener.open(0));
    } catch (IOException e) {
      if (!patient) {
        throw e;
      }
      trouble = "waits: " + e.getMessage();
    }
    receiver = Thread.ofPlatform().name(where + " in").daemon().unstarted(this::receive);
  }

  private void opened(Wire now) {
    where = now.where();
    trouble = "";
    wire = now;
  }

  /** The line it speaks of may have been replaced already. */
  @SuppressWarnings("ReferenceEquality")
  private synchronized void lose(Wire gone, IOException e) {
    if (wire == gone) {
      wire = null;
      trouble = "waits: " + e.getMessage();
      gone.close();
      if (!closing) {
        Logger.warn("{}: {}; opening it again when it is back", route.spec(), e.getMessage());
      }
    }
  }

  @Override
  public void start() {
    sender = new AgentThread(new Sender());
    receiver.start();
  }

  @Override
  public void wake() {
    AgentThread thread = sender;
    if (thread != null) {
      thread.wake();
    }
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public String state() {
    Wire now = wire;
    return now == null ? trouble : now.state();
  }

  @Override
  public long sent() {
    return outlet.sent();
  }

  @Override
  public long lost() {
    return outlet.lost() + absent;
  }

  @Override
  public boolean closed() {
    return closing;
  }

  @Override
  public void close() {
    closing = true;
    AgentThread thread = sender;
    if (thread != null) {
      thread.close(LONGEST_CLOSE);
    }
    receiver.interrupt();
    try {
      receiver.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Wire last = wire;
    wire = null;
    trouble = "closed";
    if (last != null) {
      last.close();
    }
  }

  /** What the UART sends, on a thread of its own. */
  private final class Sender implements Agent {
    private int baud;

    @Override
    public String name() {
      return where + " out";
    }

    @Override
    public boolean ready() {
      boolean speed = wire != null && baud != route.baud();
      return speed || route.outputRing().size() > 0 && outlet.room() > 0;
    }

    @Override
    public int step() {
      Wire now = wire;
      if (now == null) {
        baud = 0;
        return drop();
      }
      try {
        if (baud != route.baud()) {
          baud = route.baud();
          now.baud(baud);
        }
        int taken = route.outputRing().drain((cycle, value) -> outlet.put(value), outlet.room());
        if (!now.heard()) {
          route.unheard(outlet.discard());
        }
        return taken + outlet.flush(now);
      } catch (IOException e) {
        lose(now, e);
        return 1;
      }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the sender writes it
    private int drop() {
      int count = route.outputRing().drain((cycle, value) -> {}) + outlet.discard();
      absent += count;
      return count;
    }

    @Override
    public long idleNanos() {
      return outlet.waiting() > 0 ? FULL_NANOS : IDLE_NANOS;
    }

    /** Gives a reader that still reads time for the rest. */
    @Override
    public void close() {
      Wire now = wire;
      long end = System.nanoTime() + LINGER_NANOS;
      try {
        while (now != null && now.heard() && System.nanoTime() < end) {
          outlet.flush(now);
          if (outlet.waiting() == 0 && now.drained()) {
            break;
          }
          LockSupport.parkNanos(FULL_NANOS);
        }
      } catch (IOException e) {
        lose(now, e);
      }
      drop();
    }
  }

  // The receiver

  private void receive() {
    byte[] buffer = new byte[4096];
    while (!closing) {
      Wire now = wire;
      if (now == null) {
        reopen();
        continue;
      }
      try {
        pass(buffer, now.read(buffer, LOOK));
      } catch (IOException e) {
        lose(now, e);
      }
    }
  }

  /** Waits while the machine takes no input: what comes meanwhile waits at the host. */
  private void pass(byte[] buffer, int count) {
    for (int i = 0; i < count && !closing; i++) {
      while (!route.inputRoom() && !closing) {
        LockSupport.parkNanos(FULL_NANOS);
      }
      route.input(buffer[i] & 0xFF);
    }
    if (count > 0) {
      route.wakeMachine();
    }
  }

  private void reopen() {
    long pause = FIRST_PAUSE_NANOS;
    while (!closing && wire == null) {
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
      if (closing) {
        return;
      }
      try {
        opened(opener.open(route.baud()));
        Logger.info("{}: open again", route.spec());
        wake();
      } catch (IOException e) {
        trouble = "waits: " + e.getMessage();
      }
    }
  }
}
