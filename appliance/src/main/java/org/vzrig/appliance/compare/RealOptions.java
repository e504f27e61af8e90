package org.vzrig.appliance.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vzrig.boards.Board;
import org.vzrig.emulator.cpu.Cpu;
import picocli.CommandLine.Option;

/** How the boards of both sides are reached and run. */
final class RealOptions {
  @Option(names = "--flash", description = "Program the image into the real board first.")
  boolean flash;

  @Option(
      names = "--baud",
      paramLabel = "N",
      description = "Speed of the real board's console (default: 115200).")
  int baud = 115_200;

  @Option(
      names = "--reset",
      paramLabel = "HOW",
      description =
          "How to reset the real board: dtr, rts, none, or steps such as dtr=0,wait=50,dtr=1"
              + " (default: dtr).")
  String reset = "dtr";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description =
          "What executes the first side's instructions, if that is a board emulated here:"
              + " ${COMPLETION-CANDIDATES}.")
  Cpu.Engine engine = Cpu.Engine.AUTO;

  @Option(
      names = "--real-engine",
      paramLabel = "ENGINE",
      description = "The same for the second side, if that is run:IMAGE|CONFIG.")
  Cpu.Engine realEngine = Cpu.Engine.AUTO;

  @Option(
      names = "--pins",
      paramLabel = "NAME=SIGNAL",
      split = ",",
      description = "What LEDs and pins are called in a value change dump, such as LD1=D0,RB11=D1.")
  Map<String, String> pins = new LinkedHashMap<>();

  /** The names of {@link #pins} in capitals. */
  Map<String, String> signals() {
    Map<String, String> signals = new LinkedHashMap<>();
    pins.forEach((name, signal) -> signals.put(name.toUpperCase(Locale.ROOT), signal));
    return signals;
  }

  /** What is wrong, a line each. */
  List<String> problems(SideSpec first, SideSpec second, Board board) {
    List<String> problems = new ArrayList<>();
    if (flash && !(second instanceof SideSpec.Line)) {
      problems.add("--flash: expected a real board behind serial:DEVICE to program");
    } else if (flash && !(first instanceof SideSpec.Emulated)) {
      problems.add("--flash: expected an image to program as the first side, not a recording");
    }
    for (Map.Entry<String, String> pin : signals().entrySet()) {
      boolean led = board.led(pin.getKey()).isPresent();
      if (!led && !pin.getKey().matches("R[A-HJK](\\d|1[0-5])")) {
        problems.add(
            "--pins: expected an LED of the board %s or a pin such as RB11, found '%s'"
                .formatted(board.name(), pin.getKey()));
      }
      if (pin.getValue().startsWith("gpiochip:")) {
        problems.add(
            "--pins %s=%s: lines of this computer cannot be recorded yet; record them with a logic"
                    .formatted(pin.getKey(), pin.getValue())
                + " analyser and compare its value change dump");
      } else if (second instanceof SideSpec.Line) {
        problems.add("--pins: expected a value change dump as second side");
      }
    }
    return problems;
  }
}
