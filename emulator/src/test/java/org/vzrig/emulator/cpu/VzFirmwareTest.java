package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.testing.RequiredTool;
import org.vzrig.emulator.machine.Machine;

/** Our test firmware for the virtualization module, in root mode of a WiFire's chip. */
class VzFirmwareTest {
  private static final Path FIRMWARE = Path.of("firmware/vz/vz.elf");
  private static final int CHECKS = 329;
  private static final int CONSOLE = 4;
  private static final double SECONDS = 10;

  @Test
  void everyCheckHoldsInTheInterpreter() throws Exception {
    Machine machine = machine();
    machine.cpu().engine(Cpu.Engine.INTERPRETER);
    assertAllOk(machine);
  }

  /** What runs twice is translated already, which is most of the firmware and its guests. */
  @Test
  void everyCheckHoldsInTheTranslator() throws Exception {
    Machine machine = machine();
    machine.cpu().translateEagerly(3, 2);
    assertAllOk(machine);
  }

  private static Machine machine() throws Exception {
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(ImageReader.read(FIRMWARE));
    return machine;
  }

  private static void assertAllOk(Machine machine) {
    List<String> lines = run(machine);
    List<String> others = lines.stream().filter(line -> !line.startsWith("ok ")).toList();
    assertEquals(List.of("1.." + CHECKS, "# 0 failed"), others);
    assertEquals(CHECKS, lines.size() - others.size());
  }

  private static List<String> run(Machine machine) {
    StringBuilder text = new StringBuilder();
    machine.uart(CONSOLE).onTransmit((cycle, value) -> text.append((char) value));
    long end = Math.round(SECONDS * machine.sysclkHz());
    while (machine.cycles() < end && text.indexOf(" failed\r\n") < 0 && text.indexOf("Bail") < 0) {
      machine.run(machine.sysclkHz() / 100);
    }
    return text.toString().lines().toList();
  }

  @Test
  void theCommittedFirmwareIsWhatItsSourcesGive() throws Exception {
    RequiredTool.find("make", "make");
    RequiredTool.find("mipsel-linux-gnu-gcc", "gcc-mipsel-linux-gnu");
    Process make =
        new ProcessBuilder("make", "-s", "-C", "firmware", "check")
            .redirectErrorStream(true)
            .start();
    String output = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, make.waitFor(), output);
  }
}
