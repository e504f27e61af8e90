package org.vzrig.hil.bridge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.port.UartPort;

/**
 * The routes of one UART. What the UART sends goes to each of them; what comes from them is merged.
 * Routes come and go while the machine runs, and stay when another machine takes its place.
 */
public final class UartBridge {
  /** Characters that may wait in the UART; the rest waits where it can be counted. */
  private static final int LINE_AHEAD = 64;

  private static final AtomicInteger IDS = new AtomicInteger();

  private final int number;
  private final Supplier<@Nullable MachineSide> machine;
  private volatile Route[] routes = {};
  private volatile @Nullable UartPort port;

  UartBridge(int number, Supplier<@Nullable MachineSide> machine) {
    this.number = number;
    this.machine = machine;
  }

  /** Before the machine of {@code uart} starts: ties the routes to it. */
  @SuppressWarnings("ReferenceEquality")
  void connect(UartPort uart) {
    port = uart;
    uart.onTransmit(
        (cycle, value) -> {
          if (port == uart) {
            for (Route route : routes) {
              route.output(cycle, value);
            }
          }
        });
  }

  /** Number of the UART, 1 to 6. */
  public int number() {
    return number;
  }

  /**
   * Any thread: adds a route. A serial port that does not exist is an error.
   *
   * @throws IOException when it cannot be opened; the message says what is wrong
   */
  public RouteStatus attach(RouteSpec spec) throws IOException {
    return attach(spec, false);
  }

  /**
   * Any thread: adds a route.
   *
   * @param patient whether a serial port that does not exist yet is waited for
   * @throws IOException when it cannot be opened; the message says what is wrong
   */
  public synchronized RouteStatus attach(RouteSpec spec, boolean patient) throws IOException {
    Route route = new Route(number, IDS.incrementAndGet(), spec, machine);
    route.connect(end(route, spec, patient));
    Route[] more = Arrays.copyOf(routes, routes.length + 1);
    more[routes.length] = route;
    routes = more;
    route.end().start();
    return route.status();
  }

  private static RouteEnd end(Route route, RouteSpec spec, boolean patient) throws IOException {
    return switch (spec) {
      case RouteSpec.Stdio stdio ->
          throw new IOException("stdio: only the command that owns the terminal can use it");
      case RouteSpec.PtyRoute pty -> new LineEnd(route, baud -> PtyWire.open(pty, route), false);
      case RouteSpec.SerialPortRoute serial ->
          new LineEnd(route, baud -> SerialWire.open(serial, baud), patient);
      case RouteSpec.Log log -> new LineEnd(route, baud -> new LogWire(log.file()), false);
      case RouteSpec.Tcp tcp -> new NetEnd(route, tcp.address(), RawSession::new);
      case RouteSpec.Rfc2217 rfc ->
          new NetEnd(
              route, rfc.address(), client -> new Rfc2217Session(client, route, rfc.reset()));
    };
  }

  /** Any thread: removes route {@code id}; false when there is none. */
  public synchronized boolean detach(int id) {
    List<Route> rest = new ArrayList<>(List.of(routes));
    Route gone = rest.stream().filter(route -> route.id() == id).findFirst().orElse(null);
    if (gone == null) {
      return false;
    }
    rest.remove(gone);
    routes = rest.toArray(Route[]::new);
    gone.end().close();
    return true;
  }

  /** Any thread: the routes and their counts. */
  public List<RouteStatus> routes() {
    return Arrays.stream(routes).map(Route::status).toList();
  }

  /** Machine thread, between slices: takes input, and lets the routes take output. */
  void service(boolean awaitReaders) {
    Route[] now = routes;
    UartPort uart = port;
    if (now.length == 0 || uart == null) {
      return;
    }
    int baud = (int) uart.baud();
    int room = LINE_AHEAD - uart.pendingInput();
    for (Route route : now) {
      room -= route.service(uart, room, baud);
      if (awaitReaders) {
        route.awaitRoom();
      }
    }
  }

  /** Lets the routes pass on what is left and ends them; they stay listed with their counts. */
  synchronized void close() {
    List<Thread> closing = new ArrayList<>();
    for (Route route : routes) {
      // drivers may block, which would keep a carrier of virtual threads from all others
      closing.add(Thread.ofPlatform().start(route.end()::close));
    }
    for (Thread thread : closing) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
