package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.boards.testing.RequiredTool;

/** {@code vzrig compare} of recordings, and its reports. */
class CompareProcessTest {
  private static final String SECOND = "input @2s:^E1=\npress BTN1@1s\n";

  @TempDir private static Path folder;
  private static Result different = new Result(0, "", "");

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Two runs, of which one is typed at. */
  @BeforeAll
  static void compareTwoRuns() throws IOException {
    VzrigProcess.run("run", "--pace=fast", "--for=4s", "--capture=" + file("a"));
    VzrigProcess.run(
        "run", "--pace=fast", "--for=4s", "--input=@2s:^E1=", "--capture=" + file("b"));
    different =
        VzrigProcess.run("compare", file("a"), "--real", file("b"), "--report", file("out"));
  }

  @Test
  void tellsDifferencesWithBothContexts() {
    assertEquals(30, different.exit(), different.err());
    assertTrue(different.out().contains("'=' instead of '#' at column"), different.out());
    assertTrue(different.out().contains("first     >  "), different.out());
    assertTrue(different.out().contains("second    >  "), different.out());
  }

  @Test
  void twoEnginesOrBoardsHereAreCompared() throws IOException {
    Path script = Files.writeString(folder.resolve("script"), SECOND);
    String demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
    Result same =
        VzrigProcess.run(
            "compare",
            "--real=run:" + demo,
            "--engine=interpreter",
            "--real-engine=translator",
            "--for=3s",
            "--script=" + script);
    assertEquals(0, same.exit(), same.out() + same.err());
    assertTrue(same.out().endsWith("same: both sides do the same\n"), same.out());
  }

  @Test
  void rulesSayWhatMayDiffer() throws IOException {
    Path rules = Files.writeString(folder.resolve("rules"), "mask beat = [#=.]+\n");
    Result same =
        VzrigProcess.run("compare", file("a"), "--real", file("b"), "--rules", rules.toString());
    assertEquals(0, same.exit(), same.out());
  }

  @Test
  void mistakesAreToldAtOnceWithTheirLines() throws IOException {
    Path rules =
        Files.writeString(
            folder.resolve("bad"), "mask x = [\n\nhide y = z\nguest a = #\nguest b = .#\n");
    Result wrong =
        VzrigProcess.run("compare", file("a"), "--real", file("b"), "--rules", rules.toString());
    assertEquals(2, wrong.exit());
    assertEquals(3, wrong.err().lines().count(), wrong.err());
    assertTrue(wrong.err().contains("bad:1: expected a regular expression"), wrong.err());
    assertTrue(wrong.err().contains("bad:3: expected mask, ignore or guest"), wrong.err());
    Path script = Files.writeString(folder.resolve("badscript"), "press BTN1@x\nwait 3\n");
    wrong = VzrigProcess.run("compare", "--real", "run:x", "--script", script.toString());
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().contains("badscript:2: expected input, expect"), wrong.err());
    Files.writeString(script, "press BTN1@1s\n");
    wrong = VzrigProcess.run("compare", "--real=serial:/dev/none", "--script=" + script);
    assertTrue(wrong.err().contains("the real board has no line for"), wrong.err());
    wrong = VzrigProcess.run("compare", "--real=serial:/dev/none", "--for=1s");
    assertEquals(7, wrong.exit());
    assertTrue(wrong.err().contains("/dev/none: no such device"), wrong.err());
  }

  @Test
  void recordingsThatAreNoneCannotBeCompared() throws IOException {
    Path nothing = folder.resolve("nothing.vcd");
    Files.writeString(
        nothing,
        """
        $timescale 1 us $end
        $scope module x $end
        $var wire 1 ! LD1 $end
        $upscope $end
        $enddefinitions $end
        #0
        0!
        #100
        """);
    Result unknown = VzrigProcess.run("compare", nothing.toString(), "--real", nothing.toString());
    assertEquals(31, unknown.exit(), unknown.out() + unknown.err());
    assertTrue(unknown.out().contains("neither side did anything"), unknown.out());
  }

  @Test
  void dumpsHoldAllThatIsCompared() {
    Result same = VzrigProcess.run("compare", file("b"), "--real", file("out/second.vcd"));
    assertEquals(0, same.exit(), same.out() + same.err());
    assertTrue(same.out().contains("LD4"), same.out());
  }

  @Test
  void aLogicAnalysersSignalsGetTheirNames() throws IOException {
    StringBuilder own = new StringBuilder("$timescale 1 ms $end\n$scope module x $end\n");
    own.append("$var wire 1 ! LD1 $end\n$upscope $end\n$enddefinitions $end\n#0\n0!\n");
    for (int i = 1; i < 40; i++) {
      own.append("#").append(i * 100 + i % 7 * 9).append('\n').append(i % 2).append("!\n");
    }
    Path first = Files.writeString(folder.resolve("own.vcd"), own + "#5000\n");
    String other = own.toString().replace("LD1", "D3").replace("#", "#1");
    Path second =
        Files.writeString(
            folder.resolve("analyser.vcd"), other.replace("#10\n", "#0\n") + "#19000\n");
    Result result =
        VzrigProcess.run(
            "compare", first.toString(), "--real", second.toString(), "--pins", "LD1=D3");
    assertTrue(result.out().matches("(?s).*LD1 +\\d+ match.*"), result.out() + result.err());
  }

  @Test
  void junitAndJsonAreForMachines() throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    var suite =
        factory
            .newDocumentBuilder()
            .parse(folder.resolve("out/junit.xml").toFile())
            .getDocumentElement();
    assertEquals("1", suite.getAttribute("failures"));
    assertEquals(
        "different",
        ((org.w3c.dom.Element) suite.getElementsByTagName("failure").item(0)).getAttribute("type"));
    String json = Files.readString(folder.resolve("out/report.json"));
    assertTrue(json.contains("\"verdict\":\"different\""), json);
    assertTrue(json.contains("\"ppm\":0.000"), json);
  }

  @Test
  void sigrokReadsTheDumps() throws Exception {
    Path sigrok = RequiredTool.find("sigrok-cli", "sigrok-cli");
    for (String name : List.of("out/first.vcd", "out/second.vcd")) {
      Result read =
          VzrigProcess.finish(
              new ProcessBuilder(
                      sigrok.toString(),
                      "-I",
                      "vcd:downsample=100000",
                      "-i",
                      file(name),
                      "-O",
                      "csv:time=true",
                      "-C",
                      "LD1,LD2")
                  .start());
      assertEquals(0, read.exit(), read.err());
      long ones = read.out().lines().filter(line -> line.matches("\\d.*,1,[01]")).count();
      assertTrue(ones >= 2, () -> name + ": " + read.out().lines().limit(20).toList());
    }
  }

  @Test
  void thePageNeedsNothingElse() throws Exception {
    String page = Files.readString(folder.resolve("out/report.html"));
    assertFalse(
        page.matches("(?s).*(<script|src=|href=|https?:|url\\(|@import).*"), "needs something");
    Path chromium = RequiredTool.find("chromium", "chromium");
    String dom = chromium(chromium, "--dump-dom").out();
    assertTrue(dom.contains("<p class=\"verdict different\">different: "), dom);
    assertTrue(dom.contains("<mark>=</mark>"), "differences are marked");
    assertTrue(dom.contains("aria-label=\"LD1 of both sides\""), "the LEDs are drawn");
    assertEquals(0, chromium(chromium, "--screenshot=" + file("shot.png")).exit());
    var picture = ImageIO.read(folder.resolve("shot.png").toFile());
    int colours =
        (int)
            java.util.stream.IntStream.range(0, picture.getWidth() * picture.getHeight())
                .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
                .distinct()
                .count();
    assertTrue(colours > 50, "the page has " + colours + " colours");
  }

  private static Result chromium(Path chromium, String what) throws IOException {
    Path profile = Files.createTempDirectory(folder, "profile");
    return VzrigProcess.finish(
        new ProcessBuilder(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--window-size=1250,2400",
                what,
                folder.resolve("out/report.html").toUri().toString())
            .start());
  }
}
