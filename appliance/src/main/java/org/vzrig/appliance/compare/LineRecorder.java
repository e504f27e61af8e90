package org.vzrig.appliance.compare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.Action;
import org.vzrig.appliance.run.EmulatedRun;
import org.vzrig.appliance.run.Script;
import org.vzrig.appliance.run.Step;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureNote;
import org.vzrig.hil.capture.CaptureWriter;
import org.vzrig.hil.gpio.ButtonLines;
import org.vzrig.hil.gpio.LineWatch;
import org.vzrig.hil.gpio.Wiring;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLine;

/** Records what a real board sends and shows on its lines, and plays a script to it. */
final class LineRecorder implements Script.Actions {
  private static final long LOOK_NANOS = 5_000_000;
  private static final long PINS_NANOS = 1_000_000;
  private static final int BUFFER = 4096;

  private final SerialLine line;
  private final LineWatch pins;
  private final ButtonLines buttons;
  private final Board board;
  private final HostClock clock;
  private final CaptureWriter writer;
  private final int side;
  private final Script script;
  private final long start;
  private final long edgeStart;
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparingLong(Planned::nanos));
  private final List<String> failures = new ArrayList<>();

  private long last;

  /** Something that is done at a time. */
  private record Planned(long nanos, Doing doing) {}

  private interface Doing {
    void now();
  }

  /**
   * How a board is reached.
   *
   * @param line its console
   * @param pins lines that its LEDs and pins drive
   * @param buttons lines that press its buttons
   */
  record Ends(SerialLine line, LineWatch pins, ButtonLines buttons) {}

  private LineRecorder(
      Ends ends, Board board, List<Step> steps, HostClock clock, CaptureWriter writer)
      throws IOException {
    line = ends.line;
    pins = ends.pins;
    buttons = ends.buttons;
    this.board = board;
    this.clock = clock;
    this.writer = writer;
    script = new Script(steps, this);
    pins.look((wiring, nanos, level) -> {}); // what was before
    side =
        writer.side(
            CaptureHeader.of("real")
                .with(CaptureHeader.BOARD, board.name())
                .with(CaptureHeader.CLOCK, "host")
                .with(CaptureHeader.STARTED, Instant.now().toString())
                .with(CaptureHeader.UARTS, "" + board.console().number())
                .with(CaptureHeader.PINS, pins.pins())
                .withHigh(pins::level)
                .with("device", line.name()));
    start = clock.nanos();
    edgeStart = System.nanoTime();
  }

  /** What of {@code steps} cannot be done to a board with a console and lines to its buttons. */
  static List<String> impossible(List<Step> steps, List<Wiring> buttons) {
    return steps.stream()
        .flatMap(step -> EmulatedRun.action(step).stream())
        .filter(action -> !possible(action, buttons))
        .map(
            action ->
                "--script: the real board has no line for %s: its console is connected, and what"
                        .formatted(action)
                    + " --buttons names")
        .toList();
  }

  private static boolean possible(Action action, List<Wiring> buttons) {
    return switch (action) {
      case Action.Type _ -> true;
      case Action.Press(String name, Duration _) ->
          buttons.stream().anyMatch(wiring -> wiring.name().equalsIgnoreCase(name));
      default -> false;
    };
  }

  /**
   * Records {@code ends} for {@code length} into {@code capture}.
   *
   * @throws IOException when the capture cannot be written
   */
  static void record(Ends ends, Board board, List<Step> steps, Duration length, Path capture)
      throws IOException, CommandFailure {
    try (CaptureWriter writer = CaptureWriter.create(capture)) {
      LineRecorder recorder = new LineRecorder(ends, board, steps, HostClock.system(), writer);
      recorder.run(length.toNanos());
      if (!recorder.failures.isEmpty()) {
        throw new CommandFailure(ExitCode.PORT, recorder.failures);
      }
    }
  }

  private long now() {
    return clock.nanos() - start;
  }

  private void run(long length) throws IOException {
    writer.note(side, 0, CaptureNote.BAUD, uart() + " " + line.baud());
    script.start();
    byte[] buffer = new byte[BUFFER];
    try {
      while (now() < length) {
        int count = line.read(buffer, 0, buffer.length, Duration.ofNanos(patience(length)));
        long nanos = now();
        pins.look(this::edge); // what came before the bytes is written before them
        last = Math.max(last, nanos);
        for (int i = 0; i < count; i++) {
          writer.sent(side, last, board.console().number(), buffer[i] & 0xFF);
          script.printed(buffer[i] & 0xFF);
        }
        writer.idle();
        actDue();
      }
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      writer.note(side, now(), CaptureNote.CLOSED, why);
    }
    if (pins.lost() > 0) {
      writer.note(side, now(), CaptureNote.LOST, pins.lost() + " edges");
    }
    writer.end(side, Math.max(now(), last));
  }

  /** Edges have the kernel's times, which lie a little before what was written last. */
  private void edge(Wiring wiring, long nanos, boolean level) throws IOException {
    last = Math.max(last, nanos - edgeStart);
    writer.pin(side, last, wiring.pin().index(), level);
  }

  private String uart() {
    return "U" + board.console().number();
  }

  private long patience(long length) {
    Planned next = planned.peek();
    long until = next == null ? length : Math.min(length, next.nanos);
    return Math.clamp(until - now(), 0, pins.pins().isEmpty() ? LOOK_NANOS : PINS_NANOS);
  }

  private void actDue() throws IOException {
    while (!planned.isEmpty() && planned.peek().nanos <= now()) {
      planned.remove().doing.now();
    }
  }

  @Override
  public void act(Action action) {
    try {
      if (action instanceof Action.Type(String text)) {
        type(text);
      } else if (action instanceof Action.Press(String name, Duration length)) {
        press(name, true);
        planned.add(new Planned(now() + length.toNanos(), () -> release(name)));
      }
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }

  private void type(String text) throws IOException {
    line.write(text.getBytes(StandardCharsets.ISO_8859_1));
    last = Math.max(last, now());
    for (int i = 0; i < text.length(); i++) {
      writer.received(side, last, board.console().number(), text.charAt(i));
    }
  }

  private void press(String name, boolean pressed) throws IOException {
    buttons.press(name, pressed);
    last = Math.max(last, now());
    Button button = board.button(name).orElseThrow();
    writer.pin(side, last, button.pin().index(), pressed != button.activeLow());
  }

  private void release(String name) {
    try {
      press(name, false);
    } catch (IOException e) {
      failures.add(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void actAt(Duration at, Action action) {
    planned.add(new Planned(at.toNanos(), () -> act(action)));
  }

  @Override
  public void met() {}

  @Override
  public void failed(String text) {}
}
