package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.hil.capture.BoardVcd;
import org.vzrig.hil.capture.CaptureAgent;
import org.vzrig.hil.capture.CaptureFileSink;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureRing;
import org.vzrig.hil.capture.CaptureWriter;
import org.vzrig.hil.capture.SerialLog;

/** The agents that show and record a run, before they get their threads. */
public final class Recorder {
  private static final int EVENTS = 1 << 16;

  private Recorder() {}

  /** An agent for the files of {@code options}; null when nothing is to be recorded. */
  static @Nullable CaptureAgent files(Target target, RunOptions options) throws IOException {
    Path log = options.serialLog();
    Path vcd = options.vcd();
    Path capture = options.capture();
    if (log == null && vcd == null && capture == null) {
      return null;
    }
    CycleTime time = new CycleTime(target.hz());
    CaptureAgent agent = new CaptureAgent("recorder", new CaptureRing(EVENTS));
    if (log != null) {
      agent.add(log.toString(), new SerialLog(open(log), time));
    }
    if (vcd != null) {
      agent.add(vcd.toString(), BoardVcd.of(open(vcd), time, target.board(), target.pins()::level));
    }
    if (capture != null) {
      CaptureWriter writer = CaptureWriter.create(capture);
      agent.add(capture.toString(), new CaptureFileSink(writer, header(target), time));
    }
    return agent;
  }

  /** What a capture says of {@code target} before it runs. */
  public static CaptureHeader header(Target target) {
    CaptureHeader header =
        CaptureHeader.of("emulated")
            .with(CaptureHeader.BOARD, target.board().name())
            .with(CaptureHeader.CLOCK, "virtual")
            .with(CaptureHeader.STARTED, Instant.now().toString())
            .with(CaptureHeader.UARTS, "1 2 3 4 5 6")
            .with(CaptureHeader.PINS, "all")
            .withHigh(target.pins()::level);
    for (int i = 0; i < target.files().size(); i++) {
      Path file = target.files().get(i);
      header = header.with(CaptureHeader.RUNS + (i == 0 ? "" : i + 1), FileHash.named(file));
    }
    return header;
  }

  /** An agent that shows the console. */
  static CaptureAgent console(Screen screen) {
    return new CaptureAgent("console", new CaptureRing(EVENTS)).add("console", screen);
  }

  private static Writer open(Path file) throws IOException {
    return Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
  }
}
