package org.vzrig.emulator.periph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Irq;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;

/** An input capture module (data sheet section 17): its timer's count at edges of its pin. */
public final class InputCapture implements Peripheral {
  private static final int ICBNE = 1 << 3;
  private static final int ICOV = 1 << 4;
  private static final int ICTMR = 1 << 7;
  private static final int C32 = 1 << 8;
  private static final int FEDGE = 1 << 9;
  private static final int ON = 1 << 15;
  private static final int DEPTH = 4;
  private static final int INTERRUPT_ONLY = 7;

  private final int number;
  private final RegisterBlock registers;
  private final Register con;
  private final Timers timers;
  private final Cfg cfg;
  private final Pps pps;
  private final Ports ports;
  private final InterruptLine line;
  private final InterruptLine error;
  private final Fifo captured = new Fifo(DEPTH);
  private @Nullable Pin pin;
  private int edges;
  private int captures;
  private boolean started;

  /** IC {@code n}, 1 to 9, on the pin that pin select gives it. */
  public InputCapture(int n, Timers timers, Cfg cfg, Pps pps, Ports ports, Evic evic) {
    number = n;
    this.timers = timers;
    this.cfg = cfg;
    this.pps = pps;
    error = evic.line(Irq.timer(n) + 1);
    line = evic.line(Irq.timer(n) + 2);
    String i = "IC" + n;
    registers = new RegisterBlock(0x1F84_2000 + 0x200 * (n - 1), 0x200);
    con = registers.at(0x00, i + "CON").rw(0xA3E7).onWrite((old, now) -> controlWritten(old));
    registers.at(0x10, i + "BUF").onRead(this::readBuffer);
    pps.onChange(this::routed);
    this.ports = ports;
    ports.follow(this::pins, (cycle, changed, level) -> pinChanged(level));
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
    clear();
    routed();
  }

  private void routed() {
    pin = pps.input("IC" + number);
    ports.rerouted();
  }

  private List<Pin> pins() {
    return pin == null ? List.of() : List.of(pin);
  }

  private void clear() {
    captured.clear();
    edges = 0;
    captures = 0;
    started = false;
    con.clear(ICBNE | ICOV);
  }

  private void controlWritten(int old) {
    if (!con.has(ON) || ((old ^ con.value()) & 7) != 0) {
      clear();
    }
  }

  private int readBuffer() {
    int value = captured.isEmpty() ? 0 : captured.remove();
    con.put(ICBNE, !captured.isEmpty());
    if (captured.size() < DEPTH) {
      con.clear(ICOV);
    }
    return value;
  }

  private void pinChanged(boolean rising) {
    if (!con.has(ON)) {
      return;
    }
    int mode = con.field(0, 3);
    if (mode == INTERRUPT_ONLY) {
      if (rising) {
        line.raise();
      }
    } else if (selects(mode, rising)) {
      capture();
    }
  }

  /** Whether this edge is one that the mode captures. */
  private boolean selects(int mode, boolean rising) {
    return switch (mode) {
      case 1 -> true;
      case 2 -> !rising;
      case 3 -> rising;
      case 4 -> rising && ++edges % 4 == 0;
      case 5 -> rising && ++edges % 16 == 0;
      case 6 -> {
        started |= rising == con.has(FEDGE);
        yield started;
      }
      default -> false;
    };
  }

  private void capture() {
    if (captured.isFull()) {
      con.set(ICOV);
      error.raise();
      return;
    }
    captured.add(timers.timer(timerNumber()).count());
    con.set(ICBNE);
    captures++;
    if (captures % (con.field(5, 2) + 1) == 0 || con.field(0, 3) == 1) {
      line.raise();
    }
  }

  /** Timer 3 or 2, or with ICACLK the pair that the data sheet's table 17-1 gives. */
  private int timerNumber() {
    int alternate = number <= 3 ? 4 : number <= 6 ? 2 : 6;
    int pair = cfg.alternateCaptureTimers() ? alternate : 2;
    return con.has(C32) || con.has(ICTMR) ? pair : pair + 1;
  }
}
