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
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureNote;
import org.vzrig.hil.capture.CaptureWriter;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLine;

/** Records what a real board sends through a serial line, and plays a script to it. */
final class LineRecorder implements Script.Actions {
  private static final long LOOK_NANOS = 5_000_000;
  private static final int BUFFER = 4096;

  private final SerialLine line;
  private final Board board;
  private final HostClock clock;
  private final CaptureWriter writer;
  private final int side;
  private final Script script;
  private final long start;
  private final PriorityQueue<Planned> planned =
      new PriorityQueue<>(Comparator.comparingLong(Planned::nanos));
  private final List<String> failures = new ArrayList<>();

  private record Planned(long nanos, Action action) {}

  private LineRecorder(
      SerialLine line, Board board, List<Step> steps, HostClock clock, CaptureWriter writer)
      throws IOException {
    this.line = line;
    this.board = board;
    this.clock = clock;
    this.writer = writer;
    script = new Script(steps, this);
    side =
        writer.side(
            CaptureHeader.of("real")
                .with(CaptureHeader.BOARD, board.name())
                .with(CaptureHeader.CLOCK, "host")
                .with(CaptureHeader.STARTED, Instant.now().toString())
                .with(CaptureHeader.UARTS, "" + board.console().number())
                .with(CaptureHeader.PINS, "")
                .with("device", line.name()));
    start = clock.nanos();
  }

  /** What of {@code steps} cannot be done to a board that is reached by its console alone. */
  static List<String> impossible(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> EmulatedRun.action(step).stream())
        .filter(action -> !(action instanceof Action.Type))
        .map(
            action ->
                "--script: the real board has no line for %s: only its console is connected"
                    .formatted(action))
        .toList();
  }

  /**
   * Records {@code line} for {@code length} into {@code capture}.
   *
   * @throws IOException when the capture cannot be written
   */
  static void record(SerialLine line, Board board, List<Step> steps, Duration length, Path capture)
      throws IOException, CommandFailure {
    try (CaptureWriter writer = CaptureWriter.create(capture)) {
      LineRecorder recorder = new LineRecorder(line, board, steps, HostClock.system(), writer);
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
        for (int i = 0; i < count; i++) {
          writer.sent(side, nanos, board.console().number(), buffer[i] & 0xFF);
          script.printed(buffer[i] & 0xFF);
        }
        writer.idle();
        actDue();
      }
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      writer.note(side, now(), CaptureNote.CLOSED, why);
    }
    writer.end(side, Math.max(now(), 0));
  }

  private String uart() {
    return "U" + board.console().number();
  }

  private long patience(long length) {
    Planned next = planned.peek();
    long until = next == null ? length : Math.min(length, next.nanos);
    return Math.clamp(until - now(), 0, LOOK_NANOS);
  }

  private void actDue() throws IOException {
    while (!planned.isEmpty() && planned.peek().nanos <= now()) {
      act(planned.remove().action);
    }
  }

  @Override
  public void act(Action action) {
    if (action instanceof Action.Type(String text)) {
      try {
        line.write(text.getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < text.length(); i++) {
          writer.received(side, now(), board.console().number(), text.charAt(i));
        }
      } catch (IOException e) {
        failures.add(String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public void actAt(Duration at, Action action) {
    planned.add(new Planned(at.toNanos(), action));
  }

  @Override
  public void met() {}

  @Override
  public void failed(String text) {}
}
