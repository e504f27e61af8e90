package org.vzrig.appliance.capture;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.hil.capture.BoardVcd;
import org.vzrig.hil.capture.CaptureEvent;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureReader;
import org.vzrig.hil.capture.CaptureReplay;
import org.vzrig.hil.capture.CaptureText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a capture in another format. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    header = "Write a capture as text, or one side of it as a value change dump.")
final class CaptureExportCommand implements Callable<Integer> {
  /** What to write. */
  enum Format {
    /** Lines for people and scripts. */
    TEXT,
    /** For GTKWave and PulseView. */
    VCD
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The capture.")
  Path file = Path.of("");

  @Option(
      names = "--as",
      paramLabel = "FORMAT",
      description = "text or vcd. Default: what --out ends with, else text.")
  @Nullable Format format;

  @Option(names = "--side", paramLabel = "N", description = "Side to write as vcd. Default: 0.")
  int side;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "OUT",
      description = "File to write. Default: standard output.")
  @Nullable Path out;

  @Override
  public Integer call() throws IOException, CommandFailure {
    try (CaptureReader reader = CaptureReader.open(file);
        Writer writer = writer()) {
      if (format() == Format.VCD) {
        vcd(reader, writer);
      } else {
        text(reader, writer);
      }
      if (!reader.damage().isEmpty()) {
        spec.commandLine().getErr().println("vzrig: " + reader.damage());
      }
    }
    return ExitCode.OK.code();
  }

  private Format format() {
    if (format != null) {
      return format;
    }
    return out != null && out.toString().endsWith(".vcd") ? Format.VCD : Format.TEXT;
  }

  private Writer writer() throws IOException {
    return out == null
        ? new OutputStreamWriter(System.out, StandardCharsets.UTF_8)
        : Files.newBufferedWriter(out, StandardCharsets.UTF_8);
  }

  private void vcd(CaptureReader reader, Writer writer) throws IOException, CommandFailure {
    CaptureHeader header = header();
    Board board = board(header);
    CaptureReplay.play(
        reader, side, BoardVcd.of(writer, board, header), LongUnaryOperator.identity());
  }

  private void text(CaptureReader reader, Writer writer) throws IOException, CommandFailure {
    new CaptureText(writer, board(header())).write(reader);
  }

  private CaptureHeader header() throws IOException, CommandFailure {
    CaptureEvent event = new CaptureEvent();
    try (CaptureReader reader = CaptureReader.open(file)) {
      while (reader.read(event)) {
        if (event.kind() == CaptureEvent.Kind.HEADER && event.side() == side) {
          return event.header();
        }
      }
    }
    throw new CommandFailure(
        ExitCode.USAGE, "--side: expected a side of " + file + ", found " + side);
  }

  private static Board board(CaptureHeader header) {
    return Boards.named(header.get(CaptureHeader.BOARD)).orElse(Boards.all().getFirst());
  }
}
