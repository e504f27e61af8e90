package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;

/** {@code vzrig run} as a process of its own. */
class RunProcessTest {
  @TempDir private Path folder;

  @Test
  void showsTheConsoleAsPlainLines() {
    Result run = VzrigProcess.run("run", "--pace", "fast", "--for", "3.5s");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().contains("\nDEVID   = 0720e053\n"), run.out());
    assertTrue(run.out().contains("\n|------- [00:00:03.000] --------|\n"), run.out());
    assertFalse(run.out().contains("\r"));
  }

  @Test
  void typesAndExpectsInTheOrderOfTheCommandLine() {
    Result run =
        VzrigProcess.run(
            "run",
            "--pace=fast",
            "--expect=#",
            "--input=^E1a",
            "--expect=a",
            "--input=^E2b",
            "--expect=b",
            "--fail=PANIC",
            "--timeout=100s");
    assertEquals(0, run.exit(), run.err());
    assertTrue(run.out().indexOf('#') < run.out().lastIndexOf('a'));
    assertTrue(run.out().strip().endsWith("b"), run.out());
  }

  @Test
  void tellsWhatGpioLinesDo() throws IOException {
    Path program = ButtonLamp.write(folder.resolve("lamp.bin"));
    List<String> lamp =
        List.of("run", program.toString(), "--at=9D001000", "--entry=9D001000", "--pace=fast");
    Result run =
        VzrigProcess.run(
            with(
                lamp,
                "--for=2s",
                "--press=BTN1@1s:500ms",
                "--gpio=mock",
                "--gpio=LD1=gpiochip0/17,low"));
    assertEquals(0, run.exit(), run.err());
    String line = "vzrig: gpio gpiochip0/17: LD1 is ";
    assertEquals(
        List.of(line + "high", line + "low", line + "high", line + "high"),
        run.err().lines().filter(text -> text.startsWith(line)).toList(),
        "at first, pressed, released, left safe");
    assertTrue(run.err().contains("vzrig: gpio: 2 edges, 0 merged, 0 lost"), run.err());
    Result wrong = VzrigProcess.run(with(lamp, "--gpio=LD9=gpiochip0/1", "--gpio=LD1=x"));
    assertEquals(2, wrong.exit());
    assertTrue(wrong.err().contains("--gpio LD9=gpiochip0/1: expected an LED"), wrong.err());
    assertTrue(wrong.err().contains("--gpio LD1=x: expected a line such as"), wrong.err());
    Result none = VzrigProcess.run(with(lamp, "--gpio=LD1=gpiochip:no such lab/1"));
    assertEquals(7, none.exit());
    assertTrue(none.err().contains("LD1=gpiochip:no such lab/1: "), none.err());
  }

  private static String[] with(List<String> first, String... rest) {
    return Stream.concat(first.stream(), Stream.of(rest)).toArray(String[]::new);
  }

  @Test
  void failsWhenAnExpectationIsNotMet() {
    Result run = VzrigProcess.run("run", "--pace", "fast", "--for", "1.2s", "--expect", "HAL");
    assertEquals(5, run.exit());
    assertTrue(
        run.err().contains("expected 'HAL' on the console, but its time was up at 1.2 s"),
        run.err());
    assertTrue(run.err().contains("|------- [00:00:01.000] --------|"), run.err());
  }

  @Test
  void failsWhenAForbiddenTextComes() {
    Result run = VzrigProcess.run("run", "--pace", "fast", "--for", "1h", "--fail", "printf");
    assertEquals(5, run.exit());
    assertTrue(run.err().contains("the console printed the --fail text 'printf' at 0."), run.err());
  }

  @Test
  void givesUpAfterTheTimeout() {
    Result run = VzrigProcess.run("run", "--timeout", "1s");
    assertEquals(6, run.exit());
    assertTrue(run.err().contains("--timeout was over at"), run.err());
  }

  @Test
  void tellsBadFilesApart() throws IOException {
    Path config = Files.writeString(folder.resolve("bad.config"), ".vm\n  id = x\n.\n");
    Result badConfig = VzrigProcess.run("run", config.toString());
    assertEquals(3, badConfig.exit());
    assertTrue(badConfig.err().contains("bad.config:2: error:"), badConfig.err());
    Path image = Files.writeString(folder.resolve("bad.hex"), ":0000000\n");
    Result badImage = VzrigProcess.run("run", image.toString());
    assertEquals(4, badImage.exit());
    assertTrue(badImage.err().contains("bad.hex:1"), badImage.err());
    Result badFile = VzrigProcess.run("run", "--for=1ms", "--vcd", folder + "/none/x.vcd");
    assertEquals(7, badFile.exit());
    assertTrue(badFile.err().contains("none/x.vcd: no such file"), badFile.err());
  }

  @Test
  void completesItsRecordingsWhenInterrupted() throws IOException {
    Path log = folder.resolve("serial.log");
    assertEquals(130, interrupted("INT", log));
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.getLast().startsWith("# ended at "), lines.getLast());
    assertEquals(143, interrupted("TERM", log));
  }

  private static int interrupted(String signal, Path log) throws IOException {
    Process process = VzrigProcess.start("run", "--serial-log", log.toString());
    BufferedReader console = process.inputReader();
    for (String line = ""; line != null && !line.contains("printf"); ) {
      line = console.readLine();
    }
    new ProcessBuilder("bash", "-c", "kill -%s %d".formatted(signal, process.pid())).start();
    return VzrigProcess.finish(process).exit();
  }
}
