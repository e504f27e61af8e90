package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.Machine;

/** Buttons, pins, voltages and memory cards of the command line. */
class BoardInputTest {
  @TempDir private Path folder;

  @Test
  void aPressedButtonLightsTheLampOfTheProgram() throws IOException {
    Path vcd = folder.resolve("lamp.vcd");
    Result run = lamp("--press", "BTN1@2ms:3ms", "--for", "10ms", "--vcd", vcd.toString());
    assertEquals(0, run.exit(), run.err());
    String recorded = Files.readString(vcd);
    String lamp = code(recorded, "LD1");
    String button = code(recorded, "BTN1");
    assertEquals(2_000_000, timeOf(recorded, "1" + button), 100);
    assertEquals(5_000_000, timeOf(recorded.replace("$dumpvars", ""), "0" + button, 1), 100);
    assertEquals(2_000_000, timeOf(recorded, "1" + lamp), 200);
    assertEquals(5_000_000, timeOf(recorded, "0" + lamp, 1), 200);
  }

  @Test
  void aDrivenPinIsABetterButton() throws IOException {
    Path vcd = folder.resolve("pin.vcd");
    Result run = lamp("--pin", "RA5=1", "--pin", "RA5=0@4ms", "--for=6ms", "--vcd=" + vcd);
    assertEquals(0, run.exit(), run.err());
    String recorded = Files.readString(vcd);
    assertEquals(4_000_000, timeOf(recorded, "0" + code(recorded, "LD1"), 1), 200);
  }

  private Result lamp(String... more) throws IOException {
    Path program = ButtonLamp.write(folder.resolve("lamp.bin"));
    String[] arguments = new String[more.length + 7];
    String[] first = {
      "run", program.toString(), "--at", "9D001000", "--entry", "9D001000", "--pace=fast"
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return VzrigProcess.run(arguments);
  }

  private static String code(String vcd, String signal) {
    String[] words = vcd.substring(0, vcd.indexOf(" " + signal + " $end")).split(" ", -1);
    return words[words.length - 1];
  }

  private static double timeOf(String vcd, String change) {
    return timeOf(vcd, change, 0);
  }

  /** The time of the change, of {@code skip} more of the same before it. */
  private static double timeOf(String vcd, String change, int skip) {
    int at = -1;
    for (int i = 0; i <= skip; i++) {
      at = vcd.indexOf("\n" + change + "\n", at + 1);
    }
    assertTrue(at >= 0, () -> change + " is not in " + vcd);
    int time = vcd.lastIndexOf("\n#", at);
    return Long.parseLong(vcd.substring(time + 2, vcd.indexOf('\n', time + 1)));
  }

  @Test
  void unpressedButtonsRestAtTheirIdleLevel() {
    assertFalse(new Machine(Boards.WIFIRE).pins().level(Pin.of("RA5")));
    assertTrue(new Machine(Boards.OLIMEX_EMZ64).pins().level(Pin.of("RB12")));
  }

  @Test
  void allThatIsWrongWithInputsIsToldAtOnce() {
    Result run = VzrigProcess.run("run", "--press=BTN9", "--pin=RK3=1", "--for=1ms");
    assertEquals(2, run.exit());
    assertTrue(
        run.err()
            .contains("--press: expected a button of the board wifire (BTN1, BTN2), found 'BTN9'"),
        run.err());
    assertTrue(
        run.err().contains("--pin: expected a pin of the PIC32MZ2048EFG100, found 'RK3'"),
        run.err());
  }

  @Test
  void aMemoryCardHasToBeOne() throws IOException {
    Path odd = Files.write(folder.resolve("odd.img"), new byte[700]);
    Result run = VzrigProcess.run("run", "--sd", odd.toString(), "--for=1ms");
    assertEquals(7, run.exit());
    assertTrue(
        run.err().contains("odd.img: expected the image of a memory card: blocks of 512 bytes"),
        run.err());
    Result alone = VzrigProcess.run("run", "--sd-read-only", "--for=1ms");
    assertEquals(2, alone.exit());
    assertTrue(alone.err().contains("--sd-read-only: expected --sd FILE too"), alone.err());
  }
}
