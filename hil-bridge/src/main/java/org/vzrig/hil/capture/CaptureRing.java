package org.vzrig.hil.capture;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.emulator.port.EventRing;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.emulator.port.UartPort;

/**
 * Carries what a machine does from its thread to {@link CaptureSink}s on another: the events of all
 * UARTs and pins in one ring, so that their order is kept.
 */
public final class CaptureRing {
  private static final List<ResetCause> CAUSES = List.of(ResetCause.values());
  private static final int SENT = 0;
  private static final int BREAK = 1;
  private static final int RECEIVED = 2;
  private static final int PIN = 3;
  private static final int BAUD = 4;
  private static final int RESET = 5;

  /** A speed has to fit beside the UART: 16 baud are its unit. */
  private static final int BAUD_UNIT = 16;

  private static final int BAUD_BITS = 21;
  private static final Pin[] PINS =
      IntStream.range(0, Pin.PORTS.length() * Pin.PER_PORT).mapToObj(Pin::at).toArray(Pin[]::new);

  private final EventRing ring;

  /**
   * A ring for {@code capacity} events.
   *
   * @param capacity a power of two
   */
  public CaptureRing(int capacity) {
    ring = new EventRing(capacity);
  }

  /** The ring below, for its size and its losses. */
  public EventRing ring() {
    return ring;
  }

  /** Before the start: takes what UART {@code uart} sends through {@code port}. */
  public void attach(int uart, UartPort port) {
    port.onTransmit(
        new UartPort.Listener() {
          private long baud;

          @Override
          public void byteSent(long cycle, int value) {
            long now = port.baud();
            if (now != baud) {
              baud = now;
              baud(cycle, uart, now);
            }
            sent(cycle, uart, value);
          }

          @Override
          public void breakSent(long cycle) {
            CaptureRing.this.sentBreak(cycle, uart);
          }
        });
  }

  /** Before the start: takes every change of a pin. */
  public void attach(PinPort pins) {
    pins.onChange(this::pin);
  }

  /** Before the start: takes every reset of {@code machine}. */
  public void attachResets(Machine machine) {
    machine.onReset(cause -> reset(machine.cycles(), cause));
  }

  /** Producer: UART {@code uart} has sent {@code value}. */
  public void sent(long cycle, int uart, int value) {
    ring.offer(cycle, code(SENT, uart, value));
  }

  /** Producer: UART {@code uart} has sent a break. */
  public void sentBreak(long cycle, int uart) {
    ring.offer(cycle, code(BREAK, uart, 0));
  }

  /** Producer: {@code value} was put on the line to UART {@code uart}. */
  public void received(long cycle, int uart, int value) {
    ring.offer(cycle, code(RECEIVED, uart, value));
  }

  /** Producer: {@code pin} has changed. */
  public void pin(long cycle, Pin pin, boolean level) {
    ring.offer(cycle, code(PIN, pin.index(), level ? 1 : 0));
  }

  /** Producer: UART {@code uart} sends at {@code baud} bits per second from here on. */
  public void baud(long cycle, int uart, long baud) {
    int units = (int) Math.min((baud + BAUD_UNIT / 2) / BAUD_UNIT, (1 << BAUD_BITS) - 1);
    ring.offer(cycle, BAUD << 24 | uart << BAUD_BITS | units);
  }

  /** Producer: the chip was reset for {@code cause}. */
  public void reset(long cycle, ResetCause cause) {
    ring.offer(cycle, code(RESET, 0, CAUSES.indexOf(cause)));
  }

  /** Hands the event ({@code cycle}, {@code code}) taken from {@link #ring} to {@code sink}. */
  static void deliver(long cycle, int code, CaptureSink sink) throws IOException {
    int source = code >>> 16 & 0xFF;
    int value = code & 0xFFFF;
    switch (code >>> 24) {
      case SENT -> sink.sent(cycle, source, value);
      case BREAK -> sink.sentBreak(cycle, source);
      case RECEIVED -> sink.received(cycle, source, value);
      case BAUD -> sink.note(cycle, CaptureNote.BAUD, baudText(code));
      case RESET -> sink.note(cycle, CaptureNote.RESET, CAUSES.get(value).name());
      default -> sink.pin(cycle, PINS[source], value != 0);
    }
  }

  private static String baudText(int code) {
    int uart = code >>> BAUD_BITS & 7;
    return "U" + uart + " " + (code & (1 << BAUD_BITS) - 1) * BAUD_UNIT;
  }

  private static int code(int kind, int source, int value) {
    return kind << 24 | source << 16 | value & 0xFFFF;
  }
}
