package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.port.UartPort;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * A UART (data sheet section 22): eight characters deep each way beside the shifters, characters
 * timed by PBCLK2 and the baud rate generator.
 */
public final class Uart implements Peripheral, UartPort {
  private static final int STSEL = 1;
  private static final int BRGH = 1 << 3;
  private static final int ABAUD = 1 << 5;
  private static final int LPBACK = 1 << 6;
  private static final int WAKE = 1 << 7;
  private static final int ON = 1 << 15;

  private static final int URXDA = 1;
  private static final int OERR = 1 << 1;
  private static final int FERR = 1 << 2;
  private static final int PERR = 1 << 3;
  private static final int RIDLE = 1 << 4;
  private static final int ADDEN = 1 << 5;
  private static final int TRMT = 1 << 8;
  private static final int UTXBF = 1 << 9;
  private static final int UTXEN = 1 << 10;
  private static final int UTXBRK = 1 << 11;
  private static final int URXEN = 1 << 12;
  private static final int ADM_EN = 1 << 24;
  private static final int STATUS_RESET = RIDLE | TRMT;

  private static final int DEPTH = 8;
  private static final int DATA = 0x1FF;
  private static final int BREAK = 1 << 16;
  private static final int FRAMING = 1 << 17;
  private static final int PARITY = 1 << 18;

  /** The three request lines of a UART. */
  record Lines(InterruptLine fault, InterruptLine receive, InterruptLine transmit) {}

  private final RegisterBlock registers;
  private final Register mode;
  private final Register sta;
  private final Register brg;
  private final Fifo transmitted = new Fifo(DEPTH);
  private final Fifo received = new Fifo(DEPTH);
  private final Fifo arriving = new Fifo(64);
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final Lines lines;
  private final Event sent;
  private final Event arrived;
  private final transient List<Listener> listeners = new ArrayList<>();
  private boolean transmitRouted = true;
  private boolean receiveRouted = true;
  private int shifting;
  private int stuck = -1;
  private long overruns;

  /** UART {@code n}, 1 to 6. */
  Uart(int n, VirtualClock clock, EventQueue events, Clocks clocks, Lines lines) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.lines = lines;
    String u = "U" + n;
    sent = events.event(u + "TX", this::characterSent);
    arrived = events.event(u + "RX", this::characterArrived);
    registers = new RegisterBlock(0x1F82_2000 + 0x200 * (n - 1), 0x200);
    mode = registers.at(0x00, u + "MODE").rw(0xBBFF).onWrite((old, now) -> modeWritten(now));
    sta =
        registers
            .at(0x10, u + "STA")
            .reset(STATUS_RESET)
            .rw(0x01FF_FCE0)
            .clearOnly(OERR)
            .onWrite(this::statusWritten);
    registers.at(0x20, u + "TXREG").rw(DATA).live(() -> 0).onWrite((old, now) -> transmit(now));
    registers.at(0x30, u + "RXREG").live(received::peek).onRead(this::readReceived);
    brg = registers.at(0x40, u + "BRG").rw(0xFFFF);
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

  /** The pins that carry the lines have changed. */
  void routed(boolean receive, boolean transmit) {
    receiveRouted = receive;
    transmitRouted = transmit;
    listen();
  }

  private void off() {
    events.cancel(sent);
    events.cancel(arrived);
    transmitted.clear();
    received.clear();
    stuck = -1;
    sta.clear(OERR | UTXBRK);
    update();
  }

  private void modeWritten(int now) {
    if ((now & ON) == 0) {
      off();
      return;
    }
    update();
    shift(clock.cycles());
    listen();
  }

  private void statusWritten(int old, int now) {
    if ((old & ~now & OERR) != 0) {
      received.clear();
      stuck = -1;
    }
    if ((old & ~now & UTXEN) != 0) {
      events.cancel(sent);
      transmitted.clear();
    }
    shift(clock.cycles());
    update();
    listen();
  }

  private boolean on() {
    return mode.has(ON);
  }

  // Transmitter

  private void transmit(int value) {
    if (!on() || transmitted.isFull()) {
      return;
    }
    transmitted.add(sta.has(UTXBRK) ? BREAK : value);
    shift(clock.cycles());
    update();
  }

  private void shift(long from) {
    if (!sent.pending() && !transmitted.isEmpty() && on() && sta.has(UTXEN)) {
      shifting = transmitted.remove();
      int bits = shifting == BREAK ? 14 : frameBits();
      events.schedule(sent, from + bits * bitCycles());
    }
  }

  private void characterSent() {
    long at = sent.deadline();
    int value = shifting;
    if (value == BREAK) {
      sta.clear(UTXBRK);
    }
    shift(at);
    update();
    deliver(at, value);
  }

  private void deliver(long at, int value) {
    if (mode.has(LPBACK)) {
      arrive(value == BREAK ? FRAMING : value);
    } else if (transmitRouted) {
      for (Listener listener : listeners) {
        if (value == BREAK) {
          listener.breakSent(at);
        } else {
          listener.byteSent(at, value & (nineBits() ? DATA : 0xFF));
        }
      }
    }
  }

  // Receiver

  private boolean listening() {
    return on() && sta.has(URXEN) && receiveRouted && !mode.has(LPBACK);
  }

  /** Lets the next waiting character arrive one frame from now. */
  private void listen() {
    if (!listening()) {
      events.cancel(arrived);
    } else if (!arrived.pending() && !arriving.isEmpty()) {
      wake();
      events.schedule(arrived, clock.cycles() + frameBits() * bitCycles());
      sta.clear(RIDLE);
    }
  }

  /** The falling edge of a start bit ends WAKE with a receive request. */
  private void wake() {
    if (mode.has(WAKE)) {
      mode.clear(WAKE);
      lines.receive().raise();
    }
  }

  private void characterArrived() {
    long at = arrived.deadline();
    int value = arriving.remove();
    if (arriving.isEmpty()) {
      sta.set(RIDLE);
    } else {
      events.schedule(arrived, at + frameBits() * bitCycles());
    }
    mode.clear(ABAUD);
    arrive(value);
  }

  private void arrive(int value) {
    if (!sta.has(URXEN) || !addressed(value)) {
      return;
    }
    if (stuck >= 0 || sta.has(OERR)) {
      overruns++;
    } else if (received.isFull()) {
      stuck = value;
      sta.set(OERR);
      overruns++;
    } else {
      received.add(value);
    }
    update();
  }

  /** In address detect mode only characters with the ninth bit set are kept. */
  private boolean addressed(int value) {
    if (!sta.has(ADDEN) || !nineBits()) {
      return true;
    }
    boolean address = (value & 0x100) != 0;
    return address && (!sta.has(ADM_EN) || (value & 0xFF) == sta.field(16, 8));
  }

  private int readReceived() {
    if (received.isEmpty()) {
      return 0;
    }
    int value = received.remove();
    update();
    return value & (nineBits() ? DATA : 0xFF);
  }

  // Status

  private void update() {
    boolean full = transmitted.isFull();
    boolean idle = transmitted.isEmpty() && !sent.pending();
    int top = received.isEmpty() ? 0 : received.peek();
    sta.put(UTXBF, full);
    sta.put(TRMT, idle);
    sta.put(URXDA, !received.isEmpty());
    sta.put(FERR, (top & FRAMING) != 0);
    sta.put(PERR, (top & PARITY) != 0);
    boolean transmitting = on() && sta.has(UTXEN);
    boolean ready =
        switch (sta.field(14, 2)) {
          case 0 -> !full;
          case 1 -> idle;
          default -> transmitted.isEmpty();
        };
    int threshold =
        switch (sta.field(6, 2)) {
          case 0 -> 1;
          case 1 -> DEPTH / 2;
          default -> DEPTH * 3 / 4;
        };
    lines.transmit().level(transmitting && ready);
    lines.receive().level(on() && received.size() >= threshold);
    lines.fault().level(on() && sta.has(OERR | FERR | PERR));
  }

  private boolean nineBits() {
    return mode.field(1, 2) == 3;
  }

  private int frameBits() {
    int parity = mode.field(1, 2) == 0 ? 0 : 1;
    return 10 + parity + (mode.value() & STSEL);
  }

  private long bitCycles() {
    int perBit = mode.has(BRGH) ? 4 : 16;
    return (long) perBit * (brg.field(0, 16) + 1) * clocks.divisor(2);
  }

  // The far end

  @Override
  public void onTransmit(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public void receive(int value) {
    put(value & DATA);
  }

  @Override
  public void receiveFramingError(int value) {
    put(value & DATA | FRAMING);
  }

  @Override
  public void receiveParityError(int value) {
    put(value & DATA | PARITY);
  }

  @Override
  public void receiveBreak() {
    put(FRAMING);
  }

  private void put(int character) {
    arriving.addGrowing(character);
    listen();
  }

  @Override
  public int pendingInput() {
    return arriving.size();
  }

  @Override
  public long baud() {
    return on() ? clocks.sysclkHz() / bitCycles() : 0;
  }

  @Override
  public long overruns() {
    return overruns;
  }
}
