package org.vzrig.appliance.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.BoardNames;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.EmulatedRun;
import org.vzrig.appliance.run.FirmwareOptions;
import org.vzrig.appliance.run.ScriptFile;
import org.vzrig.appliance.run.Spans;
import org.vzrig.appliance.run.Step;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.hil.compare.Comparer;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Rules;
import org.vzrig.hil.compare.Settings;
import org.vzrig.hil.compare.Tolerance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares what two boards do. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Compare what an emulated and a real board do, or any two recordings.",
    description = {
      "",
      "Records the console and the LEDs of both sides, relates their clocks, and tells what is"
          + " missing, extra, late, early or different, and whether a line is dead or runs at"
          + " another speed, an LED is stuck, or one board was reset.",
      ""
    },
    footer = {
      "",
      "A rules file says what may differ:",
      "  mask NAME = REGEX       what matches counts as <NAME>",
      "  ignore NAME = REGEX     lines that hold this are left out",
      "  guest NAME = CHARS      in lines of such characters alone, each guest's are compared",
      "A script file has a step on each line: input, expect, press, pin or adc, and what the option"
          + " of that name of vzrig run takes.",
      "",
      "Examples:",
      "  vzrig compare firmware.hex --real serial:/dev/ttyUSB0 --flash --for 60s --report out",
      "  vzrig compare my.config --real run:root.hex --for 20s --rules tinyvp.rules",
      "  vzrig compare monday.vzcap --real tuesday.vzcap"
    })
public final class CompareCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "IMAGE|CONFIG|RECORDING",
      description =
          "The first side: what an emulated board runs, or a capture (FILE#1 is its side 1) or"
              + " value change dump. Default: the demo of two guests.")
  String first = "";

  @Option(
      names = "--real",
      required = true,
      paramLabel = "SIDE",
      description =
          "The second side: serial:DEVICE, rfc2217://HOST:PORT, run:IMAGE|CONFIG for a second"
              + " emulated board, or a recording.")
  String real = "";

  @Option(
      names = "--board",
      paramLabel = "BOARD",
      completionCandidates = BoardNames.class,
      description = "${COMPLETION-CANDIDATES}, or tinyVP's name of one. Default: wifire.")
  String boardName = "wifire";

  Duration length = Duration.ofSeconds(10);
  Duration edgeTolerance = Duration.ofMillis(2);
  Duration textTolerance = Duration.ofMillis(40);

  @Option(
      names = "--ppm",
      paramLabel = "N",
      description = "How far the clocks' rates may be apart, in millionths (default: 250).")
  double ppm = 250;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "What may differ on consoles; see below.")
  @Nullable Path rulesFile;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "What to type and press on both boards; see below.")
  @Nullable Path scriptFile;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description =
          "Write report.html, report.json, junit.xml, and captures and value change dumps of both"
              + " sides there.")
  @Nullable Path report;

  @Mixin RealOptions realOptions = new RealOptions();
  @Mixin FirmwareOptions firmware = new FirmwareOptions();

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long boards are recorded (default: 10s).")
  void length(String text) {
    length = span("--for", text);
  }

  @Option(
      names = "--tolerance",
      paramLabel = "TIME",
      description = "How far an edge may be from where it should be (default: 2ms).")
  void edgeTolerance(String text) {
    edgeTolerance = span("--tolerance", text);
  }

  @Option(
      names = "--text-tolerance",
      paramLabel = "TIME",
      description = "The same for console output (default: 40ms).")
  void textTolerance(String text) {
    textTolerance = span("--text-tolerance", text);
  }

  private Duration span(String option, String text) {
    try {
      Duration span = Spans.parse(text);
      if (span.isZero()) {
        throw new IllegalArgumentException("expected more than nothing, found '" + text + "'");
      }
      return span;
    } catch (IllegalArgumentException e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  @Override
  public Integer call() throws CommandFailure, IOException {
    Board board = board();
    Plan plan = plan(board);
    Path folder = report == null ? Files.createTempDirectory("vzrig-compare") : report;
    Files.createDirectories(folder);
    try {
      return compare(plan, board, folder);
    } finally {
      if (report == null) {
        clear(folder);
      }
    }
  }

  private int compare(Plan plan, Board board, Path folder) throws CommandFailure, IOException {
    PrintWriter out = spec.commandLine().getOut();
    Plan.Recorded sides = plan.record(folder, out);
    Rules rules = rules();
    ReportData data = new ReportData();
    Tolerance tolerance =
        new Tolerance(edgeTolerance.toNanos(), textTolerance.toNanos(), Math.max(ppm, 1e-3));
    Settings settings = new Settings(tolerance, rules, board, realOptions.others(board), data);
    Comparison result = Comparer.compare(sides.first(), sides.second(), settings);
    new TextReport(out, result).print();
    if (report != null) {
      String ruleText = rulesFile == null ? "" : rulesFile.toString();
      Reports.write(
          new Sides(sides.first(), sides.second(), result, ruleText, folder), settings, data);
      out.println("report: " + folder.resolve("report.html"));
      out.flush();
    }
    return switch (result.verdict()) {
      case SAME -> ExitCode.OK.code();
      case DIFFERENT -> ExitCode.DIFFERENT.code();
      case UNKNOWN -> ExitCode.NOT_COMPARED.code();
    };
  }

  private Board board() {
    return Boards.named(boardName)
        .orElseThrow(
            () ->
                wrong(
                    "--board: expected one of %s, found '%s'"
                        .formatted(String.join(", ", new BoardNames()), boardName)));
  }

  /** Everything that is wrong with the command line and the script is told before anything runs. */
  private Plan plan(Board board) throws CommandFailure, IOException {
    SideSpec one = SideSpec.file(first.isEmpty() ? EmulatedRun.demo().toString() : first);
    SideSpec other;
    try {
      other = SideSpec.parse(real);
    } catch (IllegalArgumentException e) {
      throw wrong("--real: " + e.getMessage());
    }
    List<Step> steps = scriptFile == null ? List.of() : ScriptFile.read(scriptFile);
    List<String> problems = new ArrayList<>(EmulatedRun.impossible(steps, board));
    if (other instanceof SideSpec.Line) {
      problems.addAll(LineRecorder.impossible(steps, realOptions.pressed(board, wrong -> {})));
    }
    problems.addAll(realOptions.problems(one, other, board));
    if (!problems.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, problems);
    }
    return new Plan(one, other, board, firmware, realOptions, steps, length);
  }

  private Rules rules() throws CommandFailure, IOException {
    try {
      return rulesFile == null ? Rules.NONE : Rules.read(rulesFile);
    } catch (Rules.RulesException e) {
      throw new CommandFailure(ExitCode.USAGE, e.lines());
    }
  }

  private static void clear(Path folder) throws IOException {
    for (Path file : Arrays.asList(folder.resolve("first.vzcap"), folder.resolve("second.vzcap"))) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }
}
