package org.vzrig.emulator.periph;

import java.util.Map;
import org.vzrig.boards.Irq;
import org.vzrig.emulator.port.UartPort;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The six UARTs and the pins that their lines are on.
 *
 * <p>A UART whose wiring the board gives is heard only while pin select routes it to just those
 * pins. The lines of the others end at whatever pins software chooses.
 */
public final class Uarts {
  /** Number of UARTs. */
  public static final int COUNT = 6;

  private final Uart[] uarts = new Uart[COUNT];
  private final Pps pps;
  private final Map<Integer, org.vzrig.boards.Uart> wired;

  /** The UARTs of a board; {@code wired} by their number. */
  public Uarts(
      VirtualClock clock,
      EventQueue events,
      Clocks clocks,
      Evic evic,
      Pps pps,
      Map<Integer, org.vzrig.boards.Uart> wired) {
    this.pps = pps;
    this.wired = wired;
    for (int n = 1; n <= COUNT; n++) {
      Uart.Lines lines =
          new Uart.Lines(
              evic.line(Irq.uartFault(n)),
              evic.line(Irq.uartReceive(n)),
              evic.line(Irq.uartTransmit(n)));
      uarts[n - 1] = new Uart(n, clock, events, clocks, lines);
      pps.drive("U" + n + "TX", true);
    }
    pps.onChange(this::route);
    route();
  }

  /** UART {@code n} as a module. */
  public Peripheral module(int n) {
    return uarts[n - 1];
  }

  /** The line of UART {@code n}. */
  public UartPort port(int n) {
    return uarts[n - 1];
  }

  private void route() {
    for (int n = 1; n <= COUNT; n++) {
      org.vzrig.boards.Uart wire = wired.get(n);
      boolean receive = wire == null || wire.receive().equals(pps.input("U" + n + "RX"));
      boolean transmit =
          wire == null
              ? !pps.output("U" + n + "TX").isEmpty()
              : pps.output("U" + n + "TX").contains(wire.transmit());
      uarts[n - 1].routed(receive, transmit);
    }
  }
}
