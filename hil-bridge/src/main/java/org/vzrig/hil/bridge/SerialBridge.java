package org.vzrig.hil.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.port.UartPort;

/**
 * Ties the six UARTs of a machine to the host. It outlives a machine: {@link #connect} ties the
 * same routes to the next one.
 */
public final class SerialBridge implements AutoCloseable {
  /** How many UARTs a chip has. */
  public static final int UARTS = 6;

  private final UartBridge[] uarts = new UartBridge[UARTS];
  private volatile @Nullable MachineSide machine;

  /** A bridge without routes and without a machine. */
  public SerialBridge() {
    for (int i = 0; i < UARTS; i++) {
      uarts[i] = new UartBridge(i + 1, () -> machine);
    }
  }

  /**
   * Before a machine starts: ties the routes to it.
   *
   * @param ports the lines of its UARTs 1 to 6
   */
  public void connect(IntFunction<UartPort> ports, MachineSide side) {
    for (UartBridge uart : uarts) {
      uart.connect(ports.apply(uart.number()));
    }
    machine = side;
  }

  /** The bridge of UART {@code number}, 1 to 6. */
  public UartBridge uart(int number) {
    return uarts[number - 1];
  }

  /**
   * Machine thread, between slices: takes input, and lets the routes take output.
   *
   * @param awaitReaders whether the machine may wait for readers that are behind but still read;
   *     for runs at full speed, where virtual time does not care how long this takes
   */
  public void service(boolean awaitReaders) {
    for (UartBridge uart : uarts) {
      uart.service(awaitReaders);
    }
  }

  /** Any thread: all routes and their counts. */
  public List<RouteStatus> routes() {
    List<RouteStatus> all = new ArrayList<>();
    for (UartBridge uart : uarts) {
      all.addAll(uart.routes());
    }
    return all;
  }

  /**
   * Lets the routes pass on what is left, for a second at most, and ends them. {@link #routes}
   * still tells their counts.
   */
  @Override
  public void close() {
    for (UartBridge uart : uarts) {
      uart.close();
    }
  }
}
