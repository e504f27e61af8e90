package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Button;
import org.vzrig.boards.Led;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.hil.capture.CaptureAgent;
import org.vzrig.hil.capture.CaptureRing;
import org.vzrig.hil.capture.SerialLog;
import org.vzrig.hil.capture.VcdWriter;

/** The agents that show and record a run, before they get their threads. */
final class Recorder {
  private static final int EVENTS = 1 << 16;

  private Recorder() {}

  /** An agent for the files of {@code options}; null when nothing is to be recorded. */
  static @Nullable CaptureAgent files(Target target, RunOptions options) throws IOException {
    Path log = options.serialLog();
    Path vcd = options.vcd();
    if (log == null && vcd == null) {
      return null;
    }
    CycleTime time = new CycleTime(target.hz());
    CaptureAgent agent = new CaptureAgent("recorder", new CaptureRing(EVENTS));
    if (log != null) {
      agent.add(log.toString(), new SerialLog(open(log), time));
    }
    if (vcd != null) {
      agent.add(vcd.toString(), vcd(open(vcd), target, time));
    }
    return agent;
  }

  /** An agent that shows the console. */
  static CaptureAgent console(Screen screen) {
    return new CaptureAgent("console", new CaptureRing(EVENTS)).add("console", screen);
  }

  private static Writer open(Path file) throws IOException {
    return Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
  }

  private static VcdWriter vcd(Writer out, Target target, CycleTime time) throws IOException {
    List<VcdWriter.Signal> signals = new ArrayList<>();
    for (Led led : target.board().leds()) {
      signals.add(new VcdWriter.Signal("leds", led.name(), led.pin(), led.activeLow()));
    }
    for (Button button : target.board().buttons()) {
      signals.add(new VcdWriter.Signal("buttons", button.name(), button.pin(), button.activeLow()));
    }
    List<Integer> uarts = IntStream.rangeClosed(1, Target.UARTS).boxed().toList();
    return new VcdWriter(out, time, target.board().name(), signals, uarts, target.pins()::level);
  }
}
