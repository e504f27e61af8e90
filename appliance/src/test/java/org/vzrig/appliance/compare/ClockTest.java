package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.appliance.VirtualBoard;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.appliance.service.Faketime;

/**
 * {@code vzrig compare} beside boards behind ptys whose clocks are off as quartzes are, up to the
 * 500 ppm of the worst, and a bit either side of the 250 ppm that are tolerated.
 */
class ClockTest {
  private static final Pattern PPM = Pattern.compile("([+-]\\d+\\.\\d) ppm \\(\\+-(\\d+\\.\\d)\\)");

  /** What a host that is busy with other things may blur; then another try. */
  private static final double LEAST_PRECISION = 45;

  /** What the board's process, whose JVM becomes faster, adds to it. */
  private static final double WARMING_UP = 20;

  private static final int TRIES = 5;

  @TempDir private Path folder;

  /** A board whose clock is {@code ppm} slower than the host's, and what the comparison says. */
  private record Measured(double ppm, Result result) {
    private double figure(int group) {
      Matcher found = PPM.matcher(result.out());
      assertTrue(found.find(), result.out() + result.err());
      return Double.parseDouble(found.group(group));
    }

    /** Whether the host let both go on all the time. */
    private boolean precise() {
      return PPM.matcher(result.out()).find()
          && figure(2) < LEAST_PRECISION
          && !result.out().matches("(?s).*: (jump|late) at.*");
    }

    private void check() {
      assertEquals(ppm, figure(1), figure(2) + WARMING_UP, result.out());
      boolean off = Math.abs(ppm) > 250;
      assertEquals(off ? 30 : 0, result.exit(), result.out() + result.err());
      String side = ppm > 0 ? "slower" : "faster";
      assertEquals(
          off, result.out().matches("(?s).*clock .*ppm " + side + " than that.*"), result.out());
    }
  }

  private Measured measure(Path image, double ppm) throws IOException {
    Path link = folder.resolve("board" + ppm);
    String rate = "+0 x%.9f".formatted(1 / (1 + ppm * 1e-6));
    Map<String, String> environment = ppm == 0 ? Map.of() : Faketime.environment(rate);
    String route = "pty:" + link;
    try (VirtualBoard _ = new VirtualBoard(link, environment, image.toString(), "--uart4", route)) {
      Measured measured = compare(image, link, ppm);
      for (int i = 1; i < TRIES && !measured.precise(); i++) {
        measured = compare(image, link, ppm);
      }
      return measured;
    }
  }

  private static Measured compare(Path image, Path link, double ppm) {
    return new Measured(
        ppm,
        VzrigProcess.run(
            "compare",
            image.toString(),
            "--real=serial:" + link,
            "--for=16s",
            "--text-tolerance=2s"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -200, 350, -500})
  void theRateIsMeasuredAndNamedBeyondItsLimit(double ppm) throws IOException {
    Measured measured = measure(BeatFirmware.writeMetronome(folder), ppm);
    assumeTrue(measured.precise(), () -> "a busy host: " + measured.result().out());
    measured.check();
  }
}
