package org.vzrig.appliance.daemon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;
import org.vzrig.emulator.port.ByteRing;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureNote;
import org.vzrig.hil.capture.CaptureWriter;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.Wiring;
import org.vzrig.hil.serial.SerialLine;
import tools.jackson.databind.node.ObjectNode;

/**
 * The real board beside the emulated one, or in its place: what its console says is shown and
 * recorded, what is typed goes to it.
 *
 * <p>One thread owns the port. It opens the port again and again while that is unplugged.
 */
final class RealBoard implements Attachment, AutoCloseable {
  private static final int KEYS = 1 << 14;
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final long RETRY_NANOS = 500_000_000;
  private static final long BITS_NANOS = 10_000_000_000L;

  private final Settings.Real settings;
  private final Board board;
  private final boolean alone;
  private final Hub hub;
  private final Recordings recordings;
  private final Ways ways;
  private Optional<RealPins> pins = Optional.empty();
  private final ByteRing keys = new ByteRing(KEYS);
  private final long begin = System.nanoTime();
  private final Thread thread = Thread.ofPlatform().name("real").daemon().unstarted(this::run);
  private volatile @Nullable RealSink sink;
  private volatile String state = "not opened yet";
  private volatile boolean open;
  private volatile boolean closing;
  private volatile long in;
  private volatile long out;
  private volatile long lost;

  /**
   * How a real board is reached.
   *
   * @param port opens its serial port
   * @param lines opens GPIO lines to it
   */
  record Ways(SerialLine.Opener port, Supplier<GpioLines> lines) {}

  /**
   * A real board.
   *
   * @param alone whether no board is emulated beside it
   * @param ways how it is reached
   */
  RealBoard(
      Settings.Real settings,
      Board board,
      boolean alone,
      Hub hub,
      Recordings recordings,
      Ways ways) {
    this.settings = settings;
    this.board = board;
    this.alone = alone;
    this.hub = hub;
    this.recordings = recordings;
    this.ways = ways;
  }

  /**
   * Begins to listen; alone, begins a capture of its own.
   *
   * @throws IOException when lines to it cannot be had
   */
  void start() throws IOException {
    pins = RealPins.open(settings, ways.lines, this::pin);
    if (alone) {
      recordings.openAlone().ifPresent(writer -> begin(writer, true));
    }
    thread.start();
  }

  @Override
  public void attach(PoweredMachine machine) {
    recordings.writer().ifPresent(writer -> begin(writer, false));
    int console = machine.target().consoleNumber();
    machine.onReceive(
        (cycle, uart, value) -> {
          if (uart == console) {
            keys.offer(value);
          }
        });
    machine.atEnd(cycle -> endSink());
  }

  private void begin(CaptureWriter writer, boolean owner) {
    try {
      sink = new RealSink(writer, header(), board.console().number(), owner);
    } catch (IOException e) {
      Logger.error("the real board is not recorded: {}", e.getMessage());
    }
  }

  private void pin(Wiring wiring, long nanos, boolean level) {
    record(side -> side.pin(wiring.pin().index(), nanos, level));
    if (alone) {
      board
          .led(wiring.name())
          .ifPresent(led -> hub.light(led, level != led.activeLow(), nanos - begin));
    }
  }

  private CaptureHeader header() {
    return CaptureHeader.of("real")
        .with(CaptureHeader.BOARD, board.name())
        .with(CaptureHeader.CLOCK, "host")
        .with(CaptureHeader.STARTED, Instant.now().toString())
        .with(CaptureHeader.UARTS, String.valueOf(board.console().number()))
        .with(CaptureHeader.PINS, pins.map(lines -> lines.watch().pins()).orElse(""))
        .withHigh(pin -> pins.isPresent() && pins.get().watch().level(pin))
        .with("port", settings.port());
  }

  private synchronized void endSink() {
    record(RealSink::end);
    sink = null;
  }

  private interface Recording {
    void into(RealSink sink) throws IOException;
  }

  private synchronized void record(Recording what) {
    RealSink now = sink;
    if (now == null) {
      return;
    }
    try {
      what.into(now);
    } catch (IOException e) {
      sink = null;
      Logger.error("the recording of the real board has stopped: {}", e.getMessage());
    }
  }

  /** Whether a line goes to button {@code name}. */
  boolean hasButton(String name) {
    return pins.isPresent() && pins.get().has(name);
  }

  /**
   * Presses button {@code name} or lets go of it; records that.
   *
   * @throws IOException when the host does not let it
   */
  void press(String name, boolean down) throws IOException {
    pins.orElseThrow().press(name, down);
    Button button = board.button(name).orElseThrow();
    boolean level = down != button.activeLow();
    record(side -> side.pin(button.pin().index(), System.nanoTime(), level));
  }

  /** The same for {@code length}. */
  void press(String name, Duration length) throws IOException {
    press(name, true);
    pins.orElseThrow().after(length.toNanos(), () -> letGo(name));
  }

  private void letGo(String name) {
    try {
      press(name, false);
    } catch (IOException e) {
      Logger.tag("real").error("{} is still pressed: {}", name, e.getMessage());
    }
  }

  /** Types on the board that is alone; false when it is not there. */
  synchronized boolean type(String bytes) {
    return open && bytes.chars().allMatch(keys::offer);
  }

  // --- the thread of the port

  private void run() {
    while (!closing) {
      try (SerialLine line = ways.port.open(settings.baud())) {
        say("open", CaptureNote.OPENED);
        open = true;
        serve(line);
      } catch (IOException e) {
        open = false;
        if (!closing) {
          say(String.valueOf(e.getMessage()), CaptureNote.CLOSED);
          waitToRetry();
        }
      }
    }
    state = "closed";
  }

  /** Says what has changed once, not at each attempt. */
  private void say(String now, CaptureNote kind) {
    if (!now.equals(state)) {
      state = now;
      Logger.tag("real").info("{}: {}", settings.port(), now);
      record(side -> side.note(kind, settings.port()));
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread of the port writes it
  private void waitToRetry() {
    long until = System.nanoTime() + RETRY_NANOS;
    while (!closing && System.nanoTime() < until) {
      lost += keys.drain(value -> {}); // typed on a board that is not there
      LockSupport.parkNanos(RETRY_NANOS / 10);
    }
  }

  private void serve(SerialLine line) throws IOException {
    byte[] buffer = new byte[4096];
    while (!closing) {
      int count = line.read(buffer, 0, buffer.length, LOOK);
      if (count > 0) {
        arrived(buffer, count);
      } else {
        record(RealSink::idle);
      }
      if (keys.size() > 0) {
        send(line);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread of the port writes it
  private void arrived(byte[] buffer, int count) {
    long now = System.nanoTime();
    in += count;
    record(side -> side.sent(buffer, count, now, BITS_NANOS / settings.baud()));
    String text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
    hub.show(Hub.REAL, now - begin, text);
    if (alone) {
      hub.show(Hub.CONSOLE, now - begin, text);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread of the port writes it
  private void send(SerialLine line) throws IOException {
    ByteArrayOutputStream typed = new ByteArrayOutputStream();
    keys.drain(typed::write);
    line.write(typed.toByteArray());
    out += typed.size();
    record(side -> side.received(typed.toByteArray()));
  }

  // --- any thread

  /** What {@code vzrig ctl status} tells. */
  void tell(ObjectNode status) {
    ObjectNode real = status.putObject("real");
    real.put("port", settings.port()).put("baud", settings.baud()).put("state", state);
    pins.ifPresent(lines -> lines.tell(real));
    real.put("in", in).put("out", out).put("lost", lost + keys.lost());
  }

  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    pins.ifPresent(RealPins::end);
    endSink();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
