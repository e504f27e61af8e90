package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.boards.Boards;
import org.vzrig.hil.bridge.SerialBridge;

/** Two runs at full speed are the same, byte for byte, whichever engine executes. */
class RepeatTest {
  @TempDir private Path folder;

  private record Recorded(String console, String log, String vcd) {}

  private Recorded record(String name, EngineChoice engine) throws Exception {
    Path log = folder.resolve(name + ".log");
    Path vcd = folder.resolve(name + ".vcd");
    RunOptions options =
        new RunOptions(
            RunOptions.Pace.FAST,
            Duration.ofSeconds(20),
            null,
            List.of(
                Steps.input("@2.5s:^E1="),
                Steps.input("@4s:^E2+"),
                new Step.Expect("="),
                new Step.Do(new Action.Type("\u00050")),
                new Step.Do(new Action.Type("1q1s2q"))),
            log,
            vcd,
            null);
    Path demo = VzrigProcess.root().resolve("hypervisor/guests/wifire.config");
    Target target = Targets.of(demo, new FirmwareOptions(), Boards.WIFIRE);
    target.debug().machine().cpu().engine(engine.engine);
    if (engine == EngineChoice.LOCKSTEP) {
      Target twin = Targets.of(demo, new FirmwareOptions(), Boards.WIFIRE);
      target = target.inLockstepWith(twin);
    }
    ByteArrayOutputStream console = new ByteArrayOutputStream();
    Lines lines = new Lines(new SerialBridge(), target.consoleNumber());
    new RunSession(target, options, new PlainScreen(console, lines.shown()), lines).run();
    return new Recorded(
        console.toString(StandardCharsets.ISO_8859_1),
        Files.readString(log),
        Files.readString(vcd));
  }

  @Test
  void fastRunsRepeatByteForByteWithEveryEngine() throws Exception {
    Recorded first = record("first", EngineChoice.AUTO);
    assertEquals(first, record("second", EngineChoice.AUTO));
    assertEquals(first, record("interpreter", EngineChoice.INTERPRETER));
    assertEquals(first, record("translator", EngineChoice.TRANSLATOR));
    assertEquals(first, record("lockstep", EngineChoice.LOCKSTEP));
    assertTrue(first.log.contains("# ended at 20.000000000\n"), "nothing missing at the end");
    assertTrue(first.console.contains("Thread1: stopped"), first.console);
    assertTrue(first.log.contains("     2.500000000 U4 < \\x051=\n"), first.log);
    assertTrue(
        Pattern.compile("^     2\\.\\d{9} U4 > \\.$", Pattern.MULTILINE).matcher(first.log).find());
    assertTrue(first.vcd.contains("$var wire 1 ! LD1 $end"));
  }
}
