package org.vzrig.hil.capture;

import java.io.IOException;
import java.util.stream.IntStream;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.port.EventRing;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.emulator.port.UartPort;

/**
 * Carries what a machine does from its thread to {@link CaptureSink}s on another: the events of all
 * UARTs and pins in one ring, so that their order is kept.
 */
public final class CaptureRing {
  private static final int SENT = 0;
  private static final int BREAK = 1;
  private static final int RECEIVED = 2;
  private static final int PIN = 3;
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
          @Override
          public void byteSent(long cycle, int value) {
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

  /** Hands the event ({@code cycle}, {@code code}) taken from {@link #ring} to {@code sink}. */
  static void deliver(long cycle, int code, CaptureSink sink) throws IOException {
    int source = code >>> 16 & 0xFF;
    int value = code & 0xFFFF;
    switch (code >>> 24) {
      case SENT -> sink.sent(cycle, source, value);
      case BREAK -> sink.sentBreak(cycle, source);
      case RECEIVED -> sink.received(cycle, source, value);
      default -> sink.pin(cycle, PINS[source], value != 0);
    }
  }

  private static int code(int kind, int source, int value) {
    return kind << 24 | source << 16 | value & 0xFFFF;
  }
}
