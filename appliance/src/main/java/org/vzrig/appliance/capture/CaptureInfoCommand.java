package org.vzrig.appliance.capture;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.capture.CaptureReader;
import org.vzrig.hil.capture.CaptureSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a capture holds. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    header = "Say what a capture holds: sides, lengths, bytes, edges and notes.")
final class CaptureInfoCommand implements Callable<Integer> {
  private static final int MOST_NOTES = 20;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The capture.")
  Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (CaptureReader reader = CaptureReader.open(file)) {
      List<CaptureSummary.Side> sides = CaptureSummary.of(reader);
      sides.forEach(side -> print(side, out));
      if (!reader.damage().isEmpty()) {
        out.println(reader.damage());
      }
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private static void print(CaptureSummary.Side side, PrintWriter out) {
    CaptureHeader header = side.header();
    out.printf(
        "side %d: %s, %.9f s%s%n",
        side.number(),
        header.side(),
        side.nanos() / 1e9,
        side.ended() ? "" : " (its recording was not ended)");
    header
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.equals(CaptureHeader.SIDE)) {
                out.printf("  %-10s %s%n", name, value);
              }
            });
    side.sent().forEach((uart, count) -> out.printf("  U%d sent %,d bytes%n", uart, count));
    side.received().forEach((uart, count) -> out.printf("  U%d received %,d bytes%n", uart, count));
    Board board = Boards.named(header.get(CaptureHeader.BOARD)).orElse(null);
    for (Map.Entry<Integer, Long> pin : side.edges().entrySet()) {
      out.printf("  %s changed %,d times%n", name(pin.getKey(), board), pin.getValue());
    }
    side.notes().stream().limit(MOST_NOTES).forEach(note -> out.println("  at " + note));
    if (side.noteCount() > MOST_NOTES) {
      out.printf("  ... and %,d notes more%n", side.noteCount() - MOST_NOTES);
    }
  }

  private static String name(int index, @org.jspecify.annotations.Nullable Board board) {
    Pin pin = Pin.at(index);
    String leds =
        board == null
            ? ""
            : board.leds().stream()
                .filter(led -> led.pin().equals(pin))
                .map(Led::name)
                .collect(Collectors.joining(", "));
    return leds.isEmpty() ? pin.toString() : pin + " (" + leds + ")";
  }
}
