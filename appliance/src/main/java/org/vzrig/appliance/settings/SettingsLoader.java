package org.vzrig.appliance.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.BoardNames;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.run.FirmwareOptions;
import org.vzrig.appliance.run.RunOptions.Pace;
import org.vzrig.appliance.run.Targets;
import org.vzrig.appliance.run.Wires;
import org.vzrig.appliance.settings.Settings.Card;
import org.vzrig.appliance.settings.Settings.Control;
import org.vzrig.appliance.settings.Settings.Firmware;
import org.vzrig.appliance.settings.Settings.Gpio;
import org.vzrig.appliance.settings.Settings.LogLevel;
import org.vzrig.appliance.settings.Settings.Mode;
import org.vzrig.appliance.settings.Settings.Real;
import org.vzrig.appliance.settings.Settings.Recording;
import org.vzrig.appliance.settings.Settings.Rig;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.gpio.GpioDriver;
import org.vzrig.hil.gpio.Wiring;

/** Makes {@link Settings} from their sources. */
public final class SettingsLoader {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");
  private static final int KEEP_MOST = 10_000;
  private static final int FASTEST = 4_000_000;
  private static final int USUAL_BAUD = 115_200;

  private final SettingsSource source;
  private final Draft draft = new Draft();
  private final Reader read = new Reader(draft);
  private final Wires wires = new Wires();

  private SettingsLoader(SettingsSource source) {
    this.source = source;
  }

  /**
   * Reads and checks everything.
   *
   * @throws CommandFailure with every mistake of every source, a line each with where it was made
   */
  public static Settings load(SettingsSource source) throws CommandFailure {
    return new SettingsLoader(source).load();
  }

  /**
   * The lines that a rig drives, and what is wrong with its settings: lines have to be made safe
   * even when something else is wrong by now.
   *
   * @param gpio the wires that are outputs, and how lines are reached
   * @param problems all mistakes that were seen
   */
  public record Driven(Gpio gpio, List<String> problems) {}

  /** Reads {@link Driven} alone. */
  public static Driven driven(SettingsSource source) {
    SettingsLoader loader = new SettingsLoader(source);
    loader.collect();
    Board board = loader.board();
    Gpio gpio = loader.gpio(board);
    List<Wiring> buttons = loader.wires("real.buttons", Wiring::parsePressed, board);
    List<Wiring> outputs =
        Stream.concat(gpio.lines().stream(), buttons.stream())
            .filter(wiring -> !wiring.input())
            .toList();
    return new Driven(new Gpio(outputs, gpio.mock(), gpio.driver()), loader.draft.problems());
  }

  private void collect() {
    draft.addFiles(source.file());
    draft.addEnvironment(source.environment());
    source.options().forEach(o -> draft.addOption(o.key(), o.text(), o.option()));
  }

  private Settings load() throws CommandFailure {
    collect();
    Rig rig = rig();
    Settings settings =
        new Settings(
            rig, serial(), gpio(rig.board()), recording(), real(rig), control(rig), level());
    checkMachine(rig);
    if (!rig.emulates()) {
      refuseWithoutMachine();
    }
    if (!draft.problems().isEmpty()) {
      throw new CommandFailure(ExitCode.BAD_CONFIG, draft.problems());
    }
    return settings;
  }

  private Rig rig() {
    Mode mode = read.choice("rig.mode", Mode.class, Mode.EMULATE);
    Optional<Path> run = read.path("rig.run");
    if (run.isEmpty() && mode != Mode.MIRROR) {
      draft.wrong(
          "%s: rig.run: expected a configuration or a firmware image to run, found nothing"
              .formatted(source.file()));
    }
    Board board = board();
    return new Rig(
        name(),
        mode,
        board,
        run,
        new Firmware(read.text("rig.entry"), read.text("rig.at"), read.path("rig.loader")),
        card(board),
        read.choice("rig.pace", Pace.class, Pace.REALTIME),
        read.truth("rig.start", true));
  }

  private Optional<Card> card(Board board) {
    Optional<Path> file = read.path("rig.card");
    boolean readOnly = read.truth("rig.card-read-only", false);
    if (file.isPresent() && board.sdSlot().isEmpty()) {
      read.wrong("rig.card", "a board with a socket for a memory card", board.name());
    }
    if (file.isPresent() && !Files.isReadable(file.get())) {
      read.wrong("rig.card", "a file that can be read", file.get().toString());
    }
    return file.map(path -> new Card(path, readOnly));
  }

  private String name() {
    String file = String.valueOf(source.file().getFileName());
    String name = read.text("rig.name").orElse(file.replaceFirst("\\.toml$", ""));
    if (!NAME.matcher(name).matches()) {
      read.wrong("rig.name", "letters, digits, '.', '_' and '-'", name);
    }
    return name;
  }

  private Board board() {
    String name = read.text("rig.board").orElse(Boards.WIFIRE.name());
    Optional<Board> board = Boards.named(name);
    if (board.isEmpty()) {
      read.wrong("rig.board", "one of " + String.join(", ", new BoardNames()), name);
    }
    return board.orElse(Boards.WIFIRE);
  }

  private Map<Integer, List<String>> serial() {
    Map<Integer, List<String>> routes = new LinkedHashMap<>();
    for (int n = 1; n <= Keys.UARTS; n++) {
      String key = "serial.uart" + n;
      List<String> list = read.list(key);
      if (!list.isEmpty()) {
        routes.put(n, list);
        list.forEach(route -> checkRoute(key, route));
      }
    }
    return routes;
  }

  private void checkRoute(String key, String route) {
    try {
      if (RouteSpec.parse(route) instanceof RouteSpec.Stdio) {
        read.wrong(key, "a route other than the terminal", route);
      }
    } catch (IllegalArgumentException e) {
      draft.wrong(read.origin(key), key, String.valueOf(e.getMessage()));
    }
  }

  private Gpio gpio(Board board) {
    List<Wiring> lines = wires("gpio.lines", Wiring::parse, board);
    boolean mock = read.truth("gpio.mock", false);
    return new Gpio(
        mock && lines.isEmpty() ? Wires.leds(board, "mock") : lines,
        mock,
        read.choice("gpio.driver", GpioDriver.class, GpioDriver.AUTO));
  }

  private List<Wiring> wires(String key, Wires.Form form, Board board) {
    return wires.read(
        form, board, read.list(key), what -> draft.wrong(read.origin(key), key, what));
  }

  private Recording recording() {
    return new Recording(
        recordingFile("record.capture"),
        recordingFile("record.serial-log"),
        recordingFile("record.vcd"),
        read.number("record.keep", 0, KEEP_MOST, 0));
  }

  private Optional<Path> recordingFile(String key) {
    Optional<Path> file = read.path(key);
    Path directory = file.map(Path::getParent).orElse(null);
    if (directory != null && !Files.isDirectory(directory)) {
      read.wrong(key, "a file in a directory that exists", file.toString());
    }
    return file;
  }

  private Optional<Real> real(Rig rig) {
    Mode mode = rig.mode();
    List<Wiring> pins = wires("real.pins", Wiring::parseSeen, rig.board());
    List<Wiring> buttons = wires("real.buttons", Wiring::parsePressed, rig.board());
    Optional<String> port = read.text("real.port");
    int baud = read.number("real.baud", 50, FASTEST, USUAL_BAUD);
    if (mode != Mode.EMULATE && port.isEmpty()) {
      draft.wrong(
          read.origin("rig.mode"),
          "real.port",
          "the mode "
              + mode.name().toLowerCase(Locale.ROOT)
              + " needs the real board's serial port");
    }
    return mode == Mode.EMULATE
        ? Optional.empty()
        : port.map(name -> new Real(name, baud, pins, buttons));
  }

  private Control control(Rig rig) {
    String mode = read.text("control.mode").orElse("0660");
    int permissions = mode.matches("[0-7]{3,4}") ? Integer.parseInt(mode, 8) : -1;
    if (permissions < 0 || permissions > 0777) {
      read.wrong("control.mode", "three octal digits such as 0660", mode);
    }
    return new Control(
        read.path("control.socket").orElseGet(() -> Sockets.standard(rig.name())),
        permissions,
        read.text("control.group"));
  }

  private LogLevel level() {
    return read.choice("log.level", LogLevel.class, LogLevel.INFO);
  }

  /** The real board alone has a console and a capture. */
  private void refuseWithoutMachine() {
    for (Key key : Keys.all()) {
      boolean emulated =
          List.of("serial", "gpio").contains(key.table())
              || List.of("record.serial-log", "record.vcd").contains(key.name());
      if (emulated && draft.value(key.name()) != null) {
        String what = "needs an emulated board; rig.mode is mirror";
        draft.wrong(read.origin(key.name()), key.name(), what);
      }
    }
  }

  /** What runs is read for its mistakes, so that they are told with all others. */
  private void checkMachine(Rig rig) {
    Path run = rig.run().orElse(null);
    if (run == null || !rig.emulates()) {
      return;
    }
    if (!Files.isReadable(run)) {
      read.wrong("rig.run", "a file that can be read", run.toString());
      return;
    }
    try {
      Targets.of(run, options(rig.firmware()), rig.board());
    } catch (CommandFailure e) {
      e.lines().forEach(draft::wrong);
    }
  }

  /** The options of {@code vzrig run} for {@code firmware}. */
  public static FirmwareOptions options(Firmware firmware) {
    return FirmwareOptions.of(
        orNull(firmware.entry()), orNull(firmware.at()), orNull(firmware.loader()));
  }

  private static <T> @Nullable T orNull(Optional<T> value) {
    return value.orElse(null);
  }
}
