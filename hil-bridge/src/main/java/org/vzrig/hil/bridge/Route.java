package org.vzrig.hil.bridge;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.port.EventRing;
import org.vzrig.emulator.port.UartPort;

/**
 * One way between a UART and the outside: a ring for each direction, and the counts. The machine
 * thread calls {@link #output} and {@link #service}; the threads of its {@link RouteEnd} the rest.
 */
final class Route {
  /** Stands in the input for a break. */
  static final int BREAK = 0x100;

  private static final int OUTPUT = 1 << 16;
  private static final int INPUT = 1 << 12;
  private static final long ROOM_NANOS = 50_000;

  /** A thread of an end that takes nothing for so long hangs; ends themselves give up sooner. */
  private static final long STUCK_NANOS = 3_000_000_000L;

  private final int uart;
  private final int id;
  private final RouteSpec spec;
  private final Supplier<@Nullable MachineSide> machine;
  private final EventRing output = new EventRing(OUTPUT);
  private final EventRing input = new EventRing(INPUT);
  private @Nullable RouteEnd end;
  private boolean stuck;
  private long offered;
  private long taken;
  private volatile long discardUntil;
  private volatile int baud;
  private volatile long received;
  private volatile long unheard;

  Route(int uart, int id, RouteSpec spec, Supplier<@Nullable MachineSide> machine) {
    this.uart = uart;
    this.id = id;
    this.spec = spec;
    this.machine = machine;
  }

  /** Before the start: what carries the bytes on. */
  void connect(RouteEnd outer) {
    end = outer;
  }

  RouteEnd end() {
    if (end == null) {
      throw new IllegalStateException("route " + id + " has no end");
    }
    return end;
  }

  int id() {
    return id;
  }

  RouteSpec spec() {
    return spec;
  }

  // Machine thread

  /** The UART has sent {@code value}. */
  void output(long cycle, int value) {
    output.offer(cycle, value & 0xFF);
  }

  /** Passes input to {@code port}, at most {@code room} characters; returns how many. */
  int service(UartPort port, int room, int speed) {
    if (speed != baud && speed != 0) {
      baud = speed;
      end().wake();
    }
    if (output.size() > 0) {
      end().wake();
    }
    int behind = (int) (discardUntil - taken);
    if (behind > 0) {
      taken += input.drain((cycle, value) -> {}, behind);
    }
    if (room <= 0 || input.size() == 0) {
      return 0;
    }
    int count = input.drain((cycle, value) -> take(port, value), room);
    taken += count;
    return count;
  }

  private void take(UartPort port, int value) {
    MachineSide side = machine.get();
    if (value == BREAK) {
      port.receiveBreak();
    } else {
      port.receive(value);
      if (side != null) {
        side.received(uart, value);
      }
    }
  }

  /**
   * Waits until the ring is half empty. An end that does not move drops what is in it at last; one
   * whose thread hangs in a driver is not waited for again before it has caught up.
   */
  void awaitRoom() {
    int least = Integer.MAX_VALUE;
    long movedAt = System.nanoTime();
    while (output.size() > OUTPUT / 2 && !end().closed() && !stuck) {
      end().wake();
      LockSupport.parkNanos(ROOM_NANOS);
      int size = output.size();
      if (size < least) {
        least = size;
        movedAt = System.nanoTime();
      }
      stuck = System.nanoTime() - movedAt > STUCK_NANOS;
    }
    stuck = stuck && output.size() > OUTPUT / 2;
  }

  // Threads of the end

  /** What the UART has sent. */
  EventRing outputRing() {
    return output;
  }

  /** The UART's speed in bits per second, 0 as long as it was never on. */
  int baud() {
    return baud;
  }

  /** Whether {@link #input} has room. */
  boolean inputRoom() {
    return input.size() < INPUT;
  }

  /** Whether the machine has input to take. */
  boolean inputWaits() {
    return input.size() > 0;
  }

  /** Puts a character or {@link #BREAK} on the way to the UART; there has to be room. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the receiving thread writes it
  void input(int value) {
    offered++;
    received++;
    input.offer(0, value);
  }

  /** Lets the machine take what was given to {@link #input}. */
  void wakeMachine() {
    MachineSide side = machine.get();
    if (side != null) {
      side.wake();
    }
  }

  /** Forgets input that the UART has not taken. */
  void discardInput() {
    discardUntil = offered;
  }

  /** Resets the board; input from before does not reach it. */
  void reset(String why) {
    discardInput();
    MachineSide side = machine.get();
    if (side != null) {
      side.reset("uart%d %s: %s".formatted(uart, spec, why));
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the sending thread writes it
  void unheard(long count) {
    unheard += count;
  }

  /** Any thread. */
  RouteStatus status() {
    RouteEnd outer = end();
    long lost = output.lost() + outer.lost();
    return new RouteStatus(
        uart,
        id,
        spec.toString(),
        outer.where(),
        outer.state(),
        outer.sent(),
        received,
        lost,
        unheard);
  }
}
