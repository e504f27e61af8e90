package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.boards.Irq;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.port.SpiDevice;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * An SPI module (data sheet section 19) as master, standard or enhanced buffer. As slave it has
 * only its registers: no board here drives its clock.
 */
public final class Spi implements Peripheral {
  private static final int MSTEN = 1 << 5;
  private static final int DISSDI = 1 << 4;
  private static final int ON = 1 << 15;
  private static final int ENHBUF = 1 << 16;

  private static final int SPIRBF = 1;
  private static final int SPITBF = 1 << 1;
  private static final int SPITBE = 1 << 3;
  private static final int SPIRBE = 1 << 5;
  private static final int SPIROV = 1 << 6;
  private static final int SRMT = 1 << 7;
  private static final int SPITUR = 1 << 8;
  private static final int SPIBUSY = 1 << 11;
  private static final int FRMERR = 1 << 12;
  private static final int LARGEST_DEPTH = 16;

  /** The three request lines of an SPI module. */
  record Lines(InterruptLine fault, InterruptLine receive, InterruptLine transmit) {}

  private record Slave(SpiDevice device, Pin select) {}

  private final RegisterBlock registers;
  private final Register con;
  private final Register stat;
  private final Register brg;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final Ports ports;
  private final Lines lines;
  private final Event shifted;
  private final Fifo transmit = new Fifo(LARGEST_DEPTH);
  private final Fifo receive = new Fifo(LARGEST_DEPTH);
  private final List<Slave> slaves = new ArrayList<>();
  private int shifting;

  /** SPI {@code n}, 1 to 6. */
  public Spi(int n, VirtualClock clock, EventQueue events, Clocks clocks, Ports ports, Evic evic) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.ports = ports;
    int fault = Irq.spiFault(n);
    lines = new Lines(evic.line(fault), evic.line(fault + 1), evic.line(fault + 2));
    String s = "SPI" + n;
    shifted = events.event(s, this::wordShifted);
    registers = new RegisterBlock(0x1F82_1000 + 0x200 * (n - 1), 0x200);
    con = registers.at(0x00, s + "CON").rw(0xFF83_BFFF).onWrite((old, now) -> controlWritten());
    stat =
        registers
            .at(0x10, s + "STAT")
            .reset(SPITBE | SPIRBE)
            .clearOnly(SPIROV | SPITUR | FRMERR)
            .onWrite((old, now) -> update());
    registers
        .at(0x20, s + "BUF")
        .rw()
        .live(() -> 0)
        .onRead(this::readWord)
        .onWrite((old, now) -> writeWord(now));
    brg = registers.at(0x30, s + "BRG").rw(0x1FFF);
    registers.at(0x40, s + "CON2").rw(0x9F8B);
  }

  /** Connects a slave whose select line, active low, is {@code select}. */
  public void attach(SpiDevice device, Pin select) {
    slaves.add(new Slave(device, select));
    ports.follow(() -> List.of(select), (cycle, pin, level) -> device.selected(!level));
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
    off();
  }

  private void off() {
    events.cancel(shifted);
    transmit.clear();
    receive.clear();
    stat.clear(SPIROV | SPITUR | FRMERR);
    update();
  }

  private void controlWritten() {
    if (con.has(ON)) {
      shift(clock.cycles());
      update();
    } else {
      off();
    }
  }

  /** MODE32 beats MODE16. */
  private int bits() {
    return con.has(1 << 11) ? 32 : con.has(1 << 10) ? 16 : 8;
  }

  private int depth() {
    return con.has(ENHBUF) ? 128 / bits() : 1;
  }

  private void writeWord(int value) {
    if (con.has(ON) && transmit.size() < depth()) {
      transmit.add(value);
      shift(clock.cycles());
      update();
    }
  }

  private int readWord() {
    int value = receive.isEmpty() ? 0 : receive.remove();
    update();
    return value;
  }

  private void shift(long from) {
    if (con.has(ON) && con.has(MSTEN) && !shifted.pending() && !transmit.isEmpty()) {
      shifting = transmit.remove();
      long bit = 2L * (brg.value() + 1) * clocks.divisor(2);
      events.schedule(shifted, from + bits() * bit);
    }
  }

  private void wordShifted() {
    int answer = exchange(bits() == 32 ? shifting : shifting & (1 << bits()) - 1);
    if (!con.has(DISSDI)) {
      if (receive.size() < depth()) {
        receive.add(answer);
      } else {
        stat.set(SPIROV);
      }
    }
    shift(shifted.deadline());
    update();
  }

  /** An undriven data input reads ones. */
  private int exchange(int word) {
    int answer = bits() == 32 ? -1 : (1 << bits()) - 1;
    for (Slave slave : slaves) {
      if (!ports.level(slave.select())) {
        answer &= slave.device().exchange(word, bits());
      }
    }
    return answer;
  }

  private void update() {
    boolean busy = shifted.pending();
    boolean transmitEmpty = transmit.isEmpty();
    boolean receiveFull = receive.size() >= depth();
    stat.put(SPITBF, transmit.size() >= depth());
    stat.put(SPITBE, transmitEmpty);
    stat.put(SPIRBF, receiveFull);
    stat.put(SPIRBE, receive.isEmpty());
    stat.put(SPIBUSY, busy);
    stat.put(SRMT, con.has(ON) && !busy && transmitEmpty);
    stat.clear(0x1F1F_0000);
    if (con.has(ENHBUF)) {
      stat.set(receive.size() << 24 | transmit.size() << 16);
    }
    boolean on = con.has(ON);
    lines.transmit().level(on && transmitRequest(busy));
    lines.receive().level(on && receiveRequest(receiveFull));
    lines.fault().level(on && stat.has(SPIROV | SPITUR | FRMERR));
  }

  private boolean transmitRequest(boolean busy) {
    int select = con.has(ENHBUF) ? con.field(2, 2) : 1;
    return switch (select) {
      case 0 -> transmit.isEmpty() && !busy;
      case 1 -> transmit.isEmpty();
      case 2 -> transmit.size() <= depth() / 2;
      default -> transmit.size() < depth();
    };
  }

  private boolean receiveRequest(boolean full) {
    int select = con.has(ENHBUF) ? con.field(0, 2) : 1;
    return switch (select) {
      case 0 -> receive.isEmpty();
      case 1 -> !receive.isEmpty();
      case 2 -> receive.size() >= depth() / 2;
      default -> full;
    };
  }
}
