package org.vzrig.appliance.gdb;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.vzrig.appliance.debug.DebugView;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Symbols;
import org.vzrig.boards.testing.RequiredTool;
import org.vzrig.emulator.machine.FastPacer;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.machine.MachineThread;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.rt.Rig;

/** Drives the server with the real client. */
class GdbServerTest {
  private static final Path GUESTS = Path.of("../hypervisor/guests");
  private static final Path PROGRAM = GUESTS.resolve("polling/polling.elf");
  private static final long SLICE = 20_000;
  private static final long PATIENCE_SECONDS = 30;

  /** What gdb-multiarch prints when it executes {@code commands} on the machine. */
  private static String debug(DebugView view, String... commands) throws Exception {
    Path gdb = RequiredTool.find("gdb-multiarch", "gdb-multiarch");
    MachineThread thread = new MachineThread(view.machine(), new FastPacer(SLICE));
    try (GdbServer server = new GdbServer(0, view)) {
      server.start(thread);
      thread.start();
      List<String> line =
          new ArrayList<>(List.of(gdb.toString(), "-nx", "-batch", "-ex", "set confirm off"));
      line.addAll(List.of("-ex", "target remote localhost:" + server.port()));
      for (String command : commands) {
        line.addAll(List.of("-ex", command));
      }
      line.add(PROGRAM.toString());
      return run(line);
    } finally {
      thread.post(() -> thread.stop("end of test"));
      thread.ended().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static String run(List<String> line) throws Exception {
    Path printed = Files.createTempFile("gdb", ".txt");
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(printed.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      assertTrue(ended, () -> "gdb did not end");
      return Files.readString(printed);
    } finally {
      Files.delete(printed);
    }
  }

  private static DebugView guests() throws Exception {
    Layout layout = Layouts.read(GUESTS.resolve("wifire.config"), "wifire");
    Rig rig = Rig.build(Boards.WIFIRE, layout);
    Map<Integer, org.vzrig.hypervisor.layout.VmMap> maps =
        Map.of(1, layout.vm(1).map(), 2, layout.vm(2).map());
    return new DebugView(rig.machine(), Map.of(), maps, rig::status);
  }

  private static void assertPrinted(String printed, String... patterns) {
    int at = 0;
    for (String pattern : patterns) {
      var matcher = java.util.regex.Pattern.compile(pattern).matcher(printed);
      assertTrue(matcher.find(at), () -> "expected " + pattern + " in:\n" + printed);
      at = matcher.end();
    }
  }

  @Test
  void rootAndGuestsAreThreads() throws Exception {
    String printed = debug(guests(), "info threads", "thread 3", "p/x $pc", "detach");
    assertPrinted(
        printed,
        "1 .*root",
        "\\* 2 .*guest 1, current",
        "3 .*guest 2, ready",
        "Switching to thread 3",
        "0x9fc00[0-9a-f]{3}",
        "detached");
  }

  @Test
  void breakpointsStepsWatchpointsRegistersAndMemoryWork() throws Exception {
    String printed =
        debug(
            guests(),
            "break main",
            "continue",
            "stepi",
            "p/x $pc - (unsigned)&main",
            "set $s3 = 0x55aa",
            "p/x $s3",
            "set *(int *)($sp + 4) = 0x12345678",
            "p/x *(int *)($sp + 4)",
            "watch -l *(int *)($sp + 20)",
            "set $s0 = 0x77",
            "continue",
            "delete",
            "detach");
    assertPrinted(
        printed,
        "Breakpoint 1 at 0x9fc00",
        "hit Breakpoint 1, .* in main",
        "= 0x18",
        "= 0x55aa",
        "= 0x12345678",
        "Hardware watchpoint 2",
        "hit Hardware watchpoint 2",
        "New value = 119",
        "detached");
  }

  @Test
  void anImageIsDebuggedInRootMode() throws Exception {
    Image image = ImageReader.read(PROGRAM);
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(image);
    String printed =
        debug(
            DebugView.of(machine, new Symbols(image.symbols())),
            "p/x $pc",
            "break _start",
            "stepi",
            "info registers",
            "p $f0",
            "x/1wx 0xbf800020",
            "kill");
    assertPrinted(printed, "= 0xbfc00000", "status", "badvaddr", "fcsr", "0x[07]72", "killed");
  }

  /** li v0,5; addiu v0,v0,1 in 32 bits; b to the addiu; nop. */
  private static final byte[] MICROMIPS = {
    5, (byte) 0xED, 0x42, 0x30, 1, 0, (byte) 0xFD, (byte) 0xCF, 0, 0x0C
  };

  @Test
  void microMipsHasBreakpointsAndStepsOfBothLengths() throws Exception {
    Machine machine = new Machine(Boards.WIFIRE);
    machine.bus().load(0x1D00_0000, MICROMIPS);
    machine.startAt(0x9D00_0001);
    String printed =
        debug(
            DebugView.of(machine, Symbols.NONE),
            "set mips compression micromips",
            "stepi",
            "p/x $pc",
            "stepi",
            "p/x $pc",
            "break *0x9d000003",
            "continue",
            "p/x $pc",
            "p $v0",
            "kill");
    assertPrinted(
        printed,
        "= 0x9d000003",
        "= 0x9d000007",
        "hit|Breakpoint 1,",
        "= 0x9d000003",
        "= 6",
        "killed");
  }
}
