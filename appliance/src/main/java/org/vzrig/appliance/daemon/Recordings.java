package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.appliance.run.Recorder;
import org.vzrig.appliance.run.Target;
import org.vzrig.appliance.settings.Settings.Recording;
import org.vzrig.hil.capture.BoardVcd;
import org.vzrig.hil.capture.CaptureAgent;
import org.vzrig.hil.capture.CaptureFileSink;
import org.vzrig.hil.capture.CaptureRing;
import org.vzrig.hil.capture.CaptureSink;
import org.vzrig.hil.capture.CaptureWriter;
import org.vzrig.hil.capture.SerialLog;

/**
 * The files of a daemon. Each power-on begins new ones and puts those that are there aside, so that
 * nothing recorded is overwritten.
 */
public final class Recordings implements Attachment {
  private static final int EVENTS = 1 << 18;

  private volatile Recording files;
  private final Map<Path, WatchedSink> sinks = new LinkedHashMap<>();
  private @Nullable CaptureWriter writer;
  private @Nullable CaptureRing ring;

  /** Recordings in {@code files}. */
  Recordings(Recording files) {
    this.files = files;
  }

  /** From the next power-on: records in {@code others}. */
  void files(Recording others) {
    files = others;
  }

  /** What is recorded. */
  Recording files() {
    return files;
  }

  @Override
  public synchronized void attach(PoweredMachine machine) {
    sinks.clear();
    open(machine.target(), machine);
    if (sinks.isEmpty()) {
      return;
    }
    CaptureRing events = new CaptureRing(EVENTS);
    ring = events;
    for (int n = 1; n <= Target.UARTS; n++) {
      events.attach(n, machine.target().uart().apply(n));
    }
    events.attach(machine.target().pins());
    events.attachResets(machine.target().debug().machine());
    machine.onReceive(events::received);
    CaptureAgent agent = new CaptureAgent("recorder", events);
    sinks.forEach(
        (file, sink) -> {
          if (sink.failure().isEmpty()) {
            agent.add(file.toString(), sink);
          }
        });
    machine.atEnd(agent::ended);
    machine.beside(agent, events.ring());
  }

  private void open(Target target, PoweredMachine machine) {
    add(
        files.capture(),
        file -> {
          CaptureWriter created = CaptureWriter.create(file);
          writer = created;
          return new CaptureFileSink(created, Recorder.header(target), machine.time());
        });
    add(files.serialLog(), file -> new SerialLog(text(file), machine.time()));
    add(
        files.vcd(),
        file -> BoardVcd.of(text(file), machine.time(), target.board(), target.pins()::level));
  }

  private interface Opener {
    CaptureSink open(Path file) throws IOException;
  }

  /** A recording that cannot begin does not keep the machine from running. */
  private void add(Optional<Path> named, Opener opener) {
    if (named.isEmpty()) {
      return;
    }
    Path file = named.get();
    WatchedSink sink;
    try {
      OldFiles.putAside(file, files.keep());
      sink = new WatchedSink(opener.open(file));
    } catch (IOException e) {
      Logger.error("{}: not recorded: {}", file, e.getMessage());
      sink = WatchedSink.failed(String.valueOf(e.getMessage()));
    }
    sinks.put(file, sink);
  }

  private static Writer text(Path file) throws IOException {
    return Files.newBufferedWriter(file, StandardCharsets.US_ASCII);
  }

  /** A capture file for a board that is not emulated, if one is wanted and can be had. */
  synchronized Optional<CaptureWriter> openAlone() {
    sinks.clear();
    CaptureWriter[] created = new CaptureWriter[1];
    add(
        files.capture(),
        file -> {
          created[0] = CaptureWriter.create(file);
          return new CaptureSink() {};
        });
    return Optional.ofNullable(created[0]);
  }

  @Override
  public synchronized void detach() {
    writer = null;
  }

  /** The capture file of now, for others who record into it. */
  synchronized Optional<CaptureWriter> writer() {
    return Optional.ofNullable(writer);
  }

  /** The files of now, and why each stopped; an empty text while it records. */
  public synchronized Map<Path, String> state() {
    Map<Path, String> state = new LinkedHashMap<>();
    sinks.forEach((file, sink) -> state.put(file, sink.failure()));
    return state;
  }

  /** Events that came too fast for the files. */
  public synchronized long lost() {
    return ring == null ? 0 : ring.ring().lost();
  }
}
