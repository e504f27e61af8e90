package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.boards.Boards;
import org.vzrig.hil.capture.CaptureHeader;
import org.vzrig.hil.compare.Comparer;
import org.vzrig.hil.compare.Comparison;
import org.vzrig.hil.compare.Finding;
import org.vzrig.hil.compare.Input;
import org.vzrig.hil.compare.Settings;

class PerturbationTest {
  private static final int CASES = Integer.getInteger("vzrig.compare.cases", 1000);

  @TempDir private static Path folder;

  private static Path base = Path.of("");
  private static Recording board = new Recording(CaptureHeader.of(""), List.of(), 0);

  @BeforeAll
  static void runTheBoard() throws IOException {
    base = folder.resolve("base.vzcap");
    var run = VzrigProcess.run("run", "--pace=fast", "--for=12s", "--capture", base.toString());
    assertEquals(0, run.exit(), run.err());
    board = Recording.read(base);
  }

  private Comparison compare(Recording other) throws IOException {
    Path file = folder.resolve("other.vzcap");
    other.write(file);
    return Comparer.compare(
        Input.of("emulated", base, 0), Input.of("real", file, 0), Settings.of(Boards.WIFIRE));
  }

  @Test
  void nothingIsReportedOfBoardsThatDoTheSame() throws IOException {
    List<String> alarms = new ArrayList<>();
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      RealWorld world = RealWorld.random(random, 200);
      Comparison result = compare(world.seen(board, random));
      if (result.verdict() != Comparison.Verdict.SAME) {
        alarms.add(seed + " " + world + ": " + result.findings());
      }
    }
    System.out.println(alarms.size() + " false alarms");
    assertEquals(List.of(), alarms.stream().limit(5).toList());
  }

  @ParameterizedTest
  @EnumSource(Perturbation.class)
  void everyPerturbationIsFoundAndNamed(Perturbation kind) throws IOException {
    List<String> wrong = new ArrayList<>();
    int missed = 0;
    int astray = 0;
    int cases = CASES / 20;
    for (int seed = 0; seed < cases; seed++) {
      Random random = new Random(seed);
      Perturbation.Case one = kind.apply(board, random);
      RealWorld world = RealWorld.random(random, random.nextDouble(-200, 200));
      Comparison result = compare(world.seen(one.recording(), random));
      boolean found =
          result.findings().stream()
              .anyMatch(f -> kind.names.contains(f.kind()) && one.near(f.nanos()));
      boolean elsewhere =
          result.findings().stream()
              .anyMatch(f -> !one.near(f.nanos()) || !f.channel().startsWith(one.channel()));
      missed += found ? 0 : 1;
      astray += elsewhere ? 1 : 0;
      if (!found || elsewhere) {
        wrong.add(seed + " " + one.what() + " in " + world + ": " + result.findings());
      }
    }
    System.out.printf("%s: %d cases, %d missed, %d astray%n", kind, cases, missed, astray);
    assertEquals("", String.join("\n", wrong.stream().limit(3).toList()));
  }

  @Test
  void clocksThatAreOffAreMeasured() throws IOException {
    for (int ppm = -500; ppm <= 500; ppm += 25) {
      Random random = new Random(ppm);
      Comparison result = compare(RealWorld.random(random, ppm).seen(board, random));
      assertEquals(ppm, result.clock().ppm(), 12);
      List<Finding.Kind> expected = Math.abs(ppm) > 250 ? List.of(Finding.Kind.CLOCK) : List.of();
      if (Math.abs(ppm) != 250) {
        assertEquals(expected, result.findings().stream().map(Finding::kind).toList());
      }
    }
  }
}
