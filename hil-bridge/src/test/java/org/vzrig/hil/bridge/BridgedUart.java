package org.vzrig.hil.bridge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.vzrig.emulator.port.UartPort;

/** A bridge with a UART that a test plays; the test's thread is the machine's. */
final class BridgedUart implements UartPort, MachineSide, AutoCloseable {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final int PORTION = 1000;

  final SerialBridge bridge = new SerialBridge();
  final AtomicInteger resets = new AtomicInteger();
  final ByteArrayOutputStream received = new ByteArrayOutputStream();
  int breaks;
  int pending;
  long baud = 115_200;
  private final List<Listener> listeners = new ArrayList<>();

  BridgedUart() {
    bridge.connect(n -> this, this);
  }

  /** The routes of UART 4. */
  UartBridge uart() {
    return bridge.uart(4);
  }

  RouteStatus attach(String spec) throws IOException {
    return uart().attach(RouteSpec.parse(spec));
  }

  /** The state of the first route. */
  RouteStatus route() {
    return uart().routes().getFirst();
  }

  /** The machine runs until {@code condition} holds. */
  void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, () -> what + " did not happen: " + uart().routes());
      bridge.service(false);
      LockSupport.parkNanos(200_000);
    }
  }

  /** The guest sends {@code bytes}; readers that keep up are waited for, as in a fast run. */
  void send(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      for (Listener listener : listeners) {
        listener.byteSent(i, bytes[i] & 0xFF);
      }
      if (i % PORTION == 0) {
        bridge.service(true);
      }
    }
    bridge.service(true);
  }

  String receivedText() {
    return received.toString(java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  @Override
  public void onTransmit(Listener listener) {
    listeners.add(listener); // all six UARTs are this one; the other five have no routes
  }

  @Override
  public void receive(int value) {
    received.write(value);
  }

  @Override
  public void receiveFramingError(int value) {}

  @Override
  public void receiveParityError(int value) {}

  @Override
  public void receiveBreak() {
    breaks++;
  }

  @Override
  public int pendingInput() {
    return pending;
  }

  @Override
  public long baud() {
    return baud;
  }

  @Override
  public long overruns() {
    return 0;
  }

  @Override
  public void wake() {}

  @Override
  public void reset(String why) {
    resets.incrementAndGet();
  }

  @Override
  public void received(int uart, int value) {}

  @Override
  public void close() {
    bridge.close();
  }
}
