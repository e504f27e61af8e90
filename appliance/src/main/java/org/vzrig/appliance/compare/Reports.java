package org.vzrig.appliance.compare;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongUnaryOperator;
import org.vzrig.boards.Board;
import org.vzrig.hil.capture.BoardVcd;
import org.vzrig.hil.capture.CaptureReplay;
import org.vzrig.hil.capture.CaptureSource;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Input;
import org.vzrig.hil.compare.Settings;
import org.vzrig.hil.compare.Survey;

/** Writes all reports into a folder. */
final class Reports {
  private Reports() {}

  static void write(Sides sides, Settings settings, ReportData data) throws IOException {
    Path folder = sides.folder();
    Comparison result = sides.result();
    Files.writeString(folder.resolve("report.json"), JsonReport.of(sides));
    Files.writeString(folder.resolve("junit.xml"), JunitReport.of(result));
    Files.writeString(folder.resolve("report.html"), HtmlReport.of(sides, settings, data));
    vcd(sides.first(), result.first(), settings.board(), folder.resolve("first.vcd"), t -> t);
    vcd(
        sides.second(),
        result.second(),
        settings.board(),
        folder.resolve("second.vcd"),
        result.clock()::first);
  }

  /** Both dumps have the first side's times, so that they can be laid over each other. */
  private static void vcd(Input input, Survey side, Board board, Path file, LongUnaryOperator time)
      throws IOException {
    try (CaptureSource source = input.opener().open();
        Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      CaptureReplay.play(source, input.side(), BoardVcd.of(out, board, side.header()), time);
    }
  }
}
