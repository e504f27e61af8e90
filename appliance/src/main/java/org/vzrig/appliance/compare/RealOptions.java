package org.vzrig.appliance.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.vzrig.appliance.run.Wires;
import org.vzrig.boards.Board;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.hil.gpio.GpioDriver;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.HostLines;
import org.vzrig.hil.gpio.Wiring;
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
      paramLabel = "NAME=LINE|SIGNAL",
      description =
          "Where LEDs and pins of the second side are seen: a real board's on GPIO lines of this"
              + " computer, such as LD1=gpiochip:LABEL/17 (,low where it is active low), or what"
              + " they are called in a value change dump, such as LD1=D0,RB11=D1.")
  List<String> pins = new ArrayList<>();

  @Option(
      names = "--buttons",
      paramLabel = "NAME=LINE",
      description = "GPIO lines that press the real board's buttons when the script does.")
  List<String> buttons = new ArrayList<>();

  @Option(
      names = "--gpio-driver",
      paramLabel = "DRIVER",
      description = "How GPIO lines are reached: ${COMPLETION-CANDIDATES} (default: character).")
  GpioDriver driver = GpioDriver.CHARACTER;

  /** Where GPIO lines come from; a test puts others in their place. */
  Supplier<GpioLines> lines = () -> new HostLines(driver);

  /** A comma begins another wire, unless it begins an option of this one. */
  private static final Pattern NEXT = Pattern.compile(",(?!(low|in)(,|$)|debounce=)");

  private static List<String> each(List<String> texts) {
    return texts.stream().flatMap(NEXT::splitAsStream).toList();
  }

  /** The names in capitals of what {@link #pins} has, for a value change dump. */
  Map<String, String> signals() {
    Map<String, String> signals = new LinkedHashMap<>();
    for (String text : each(pins)) {
      int equals = Math.max(0, text.indexOf('='));
      signals.put(text.substring(0, equals).toUpperCase(Locale.ROOT), text.substring(equals + 1));
    }
    return signals;
  }

  /** Pins that are named in {@link #pins}, besides LEDs. */
  List<Pin> others(Board board) {
    return signals().keySet().stream()
        .filter(name -> board.led(name).isEmpty())
        .map(Pin::of)
        .toList();
  }

  /** The wires of {@link #pins}; {@code wrong} is told of those that are none. */
  List<Wiring> seen(Board board, Consumer<String> wrong) {
    return new Wires().read(Wiring::parseSeen, board, each(pins), wrong);
  }

  /** The same of {@link #buttons}. */
  List<Wiring> pressed(Board board, Consumer<String> wrong) {
    return new Wires().read(Wiring::parsePressed, board, each(buttons), wrong);
  }

  /** What is wrong, a line each. */
  List<String> problems(SideSpec first, SideSpec second, Board board) {
    List<String> problems = new ArrayList<>();
    if (flash && !(second instanceof SideSpec.Line)) {
      problems.add("--flash: expected a real board behind serial:DEVICE to program");
    } else if (flash && !(first instanceof SideSpec.Emulated)) {
      problems.add("--flash: expected an image to program as the first side, not a recording");
    }
    if (second instanceof SideSpec.Line) {
      seen(board, wrong -> problems.add("--pins " + wrong));
      pressed(board, wrong -> problems.add("--buttons " + wrong));
      return problems;
    }
    if (!buttons.isEmpty()) {
      problems.add("--buttons: expected a real board as second side");
    }
    signals().forEach((name, signal) -> problems.addAll(wrongSignal(name, signal, board)));
    return problems;
  }

  private static List<String> wrongSignal(String name, String signal, Board board) {
    List<String> problems = new ArrayList<>();
    if (board.led(name).isEmpty() && !name.matches("R[A-HJK](\\d|1[0-5])")) {
      problems.add(
          "--pins: expected an LED of the board %s or a pin such as RB11, found '%s'"
              .formatted(board.name(), name));
    }
    if (signal.startsWith("gpiochip")) {
      problems.add(
          "--pins %s=%s: expected a real board as second side, whose LED this line sees"
              .formatted(name, signal));
    }
    return problems;
  }
}
