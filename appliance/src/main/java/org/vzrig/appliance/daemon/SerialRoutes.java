package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.RunOptions.Pace;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.hil.bridge.MachineSide;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.bridge.RouteStatus;
import org.vzrig.hil.bridge.SerialBridge;

/** The ways from the UARTs to the host. They stay while the machine is switched off and on. */
public final class SerialRoutes implements Attachment, AutoCloseable {
  private final SerialBridge bridge = new SerialBridge();

  @Override
  public void attach(PoweredMachine machine) {
    bridge.connect(machine.target().uart(), new Side(machine));
    boolean fast = machine.pace() == Pace.FAST;
    machine.thread().betweenSlices(() -> bridge.service(fast));
  }

  /** What the bridge asks of a machine. */
  private record Side(PoweredMachine machine) implements MachineSide {
    @Override
    public void wake() {
      machine.thread().wake();
    }

    @Override
    public void reset(String why) {
      Logger.info("reset by {}", why);
      machine.post(() -> machine.target().debug().machine().reset(ResetCause.MCLR));
    }

    @Override
    public void received(int uart, int value) {
      machine.received(uart, value);
    }
  }

  /**
   * Opens what is in {@code wanted} and not there, closes what is there and not in {@code wanted}.
   * A serial port that does not exist yet is waited for.
   *
   * @throws CommandFailure with every route that cannot be opened; the others are
   */
  void change(Map<Integer, List<String>> wanted) throws CommandFailure {
    List<String> wrong = new ArrayList<>();
    for (int n = 1; n <= SerialBridge.UARTS; n++) {
      List<RouteSpec> missing =
          new ArrayList<>(
              wanted.getOrDefault(n, List.of()).stream().map(RouteSpec::parse).toList());
      for (RouteStatus there : bridge.uart(n).routes()) {
        if (!missing.removeIf(spec -> spec.toString().equals(there.spec()))) {
          bridge.uart(n).detach(there.id());
        }
      }
      for (RouteSpec spec : missing) {
        try {
          told(bridge.uart(n).attach(spec, true));
        } catch (IOException e) {
          wrong.add("serial.uart%d: %s".formatted(n, e.getMessage()));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw new CommandFailure(ExitCode.HOST_IO, wrong);
    }
  }

  private static RouteStatus told(RouteStatus route) {
    Logger.tag("uart" + route.uart()).info("{} is at {}", route.spec(), route.where());
    return route;
  }

  /** Adds a route that a user asks for; {@code text} is one of {@link RouteSpec#FORMS}. */
  public RouteStatus add(int uart, String text) throws CommandFailure, IOException {
    try {
      return told(bridge.uart(uart).attach(RouteSpec.parse(text)));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Removes the routes of a UART that were written as {@code text}, or have it as their number. */
  public void remove(int uart, String text) throws CommandFailure {
    List<RouteStatus> routes = bridge.uart(uart).routes();
    String wanted = normal(text);
    List<RouteStatus> gone =
        routes.stream()
            .filter(route -> route.spec().equals(wanted) || String.valueOf(route.id()).equals(text))
            .toList();
    if (gone.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "uart%d has no route '%s'; it has %s"
              .formatted(uart, text, routes.stream().map(RouteStatus::spec).toList()));
    }
    gone.forEach(route -> bridge.uart(uart).detach(route.id()));
  }

  /** A route as {@link RouteStatus#spec} writes it. */
  private static String normal(String text) {
    try {
      return RouteSpec.parse(text).toString();
    } catch (IllegalArgumentException e) {
      return text; // a number, or nothing that there could be
    }
  }

  /** All routes and their counts. */
  public List<RouteStatus> routes() {
    return bridge.routes();
  }

  /** Bytes that routes have lost. */
  long lost() {
    return bridge.routes().stream().mapToLong(RouteStatus::lost).sum();
  }

  @Override
  public void close() {
    bridge.close();
  }
}
