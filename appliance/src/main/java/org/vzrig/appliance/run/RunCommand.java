package org.vzrig.appliance.run;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.BoardNames;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.debug.DebugOptions;
import org.vzrig.appliance.debug.Debugging;
import org.vzrig.appliance.term.Terminal;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.hil.bridge.SerialBridge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a machine in the foreground. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Run guests or a firmware image on an emulated board and show its console.",
    description = {
      "",
      "On a terminal every key goes to the board: Ctrl-E and a digit choose who gets what you type"
          + " (0 is the hypervisor, 1 to 7 are guests), Ctrl-\\ presses reset, Ctrl-] leaves. The"
          + " last line shows the LEDs, virtual time, and how fast it passes. Without a terminal"
          + " the console comes as plain lines.",
      ""
    },
    footer = {
      "",
      "Texts: ^@|underline X|@ is a control character (^E is Ctrl-E); \\r"
          + " \\n"
          + " \\t \\e \\0 \\\\ \\^ \\@ \\xNN.",
      "Times: a number and ns, us, ms, s, m or h, such as 2.5s.",
      "",
      "Examples:",
      "  vzrig run                                 two guests on a WiFire until Ctrl-]",
      "  vzrig run my.config --board olimex-emz64  guests of your own on another board",
      "  vzrig run firmware.hex                    a bare firmware image",
      "  vzrig run --pace fast --for 10s --vcd leds.vcd",
      "  vzrig run --pace fast --input '^E1=' --expect '=' --fail PANIC --timeout 1m"
    })
public final class RunCommand implements Callable<Integer> {
  private static final String DEMO = "hypervisor/guests/wifire.config";

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description = {
        "What to run: a configuration as tinyVP's config.file, or a firmware image (.elf, .hex,"
            + " .srec). Default: the demo of two guests; the board alone, in its boot loader, with"
            + " --flash or where its console is connected."
      })
  @Nullable Path file;

  @Option(
      names = "--board",
      order = -20,
      paramLabel = "BOARD",
      completionCandidates = BoardNames.class,
      description = "${COMPLETION-CANDIDATES}, or tinyVP's name of one. Default: wifire.")
  String board = "wifire";

  @Option(
      names = "--pace",
      order = -19,
      paramLabel = "PACE",
      description = {
        "realtime: a virtual second takes a second. fast: as fast as it goes; two such runs give"
            + " the same bytes. Default: realtime."
      })
  RunOptions.Pace pace = RunOptions.Pace.REALTIME;

  @Option(
      names = "--engine",
      order = -18,
      paramLabel = "ENGINE",
      description = {
        "What executes instructions: auto, translator or interpreter, which differ in speed only;"
            + " lockstep: translator and interpreter on two machines, until they differ. Default:"
            + " auto."
      })
  EngineChoice engine = EngineChoice.AUTO;

  @Nullable Duration length;
  @Nullable Duration timeout;
  final List<Step> steps = new ArrayList<>();

  @Option(
      names = "--serial-log",
      order = -13,
      paramLabel = "FILE",
      description = "Record serial traffic of all UARTs as text with virtual times.")
  @Nullable Path serialLog;

  @Option(
      names = "--vcd",
      order = -12,
      paramLabel = "FILE",
      description = "Record LEDs, buttons, port pins and serial bytes for GTKWave or PulseView.")
  @Nullable Path vcd;

  @Option(
      names = "--capture",
      order = -11,
      paramLabel = "FILE",
      description = "Record all of this for vzrig compare and vzrig capture.")
  @Nullable Path capture;

  @Mixin CardOptions card = new CardOptions();
  @Mixin FlashOptions flash = new FlashOptions();
  @Mixin BridgeOptions bridges = new BridgeOptions();
  @Mixin GpioOptions gpio = new GpioOptions();
  @Mixin FirmwareOptions firmware = new FirmwareOptions();
  @Mixin DebugOptions debug = new DebugOptions();

  @Option(
      names = "--for",
      order = -18,
      paramLabel = "TIME",
      description = "End after this much virtual time.")
  void length(String text) {
    length = parsed("--for", text, Spans::parse);
  }

  @Option(
      names = "--timeout",
      order = -17,
      paramLabel = "TIME",
      description = "Give up after this much time of the clock on the wall.")
  void timeout(String text) {
    timeout = parsed("--timeout", text, Spans::parse);
  }

  @Option(
      names = "--input",
      order = -16,
      paramLabel = "[@TIME:]TEXT",
      description = {
        "Type TEXT on the console: at virtual TIME; else when the --expect before it on the"
            + " command line is met, or 100 ms after the start where there is none. Repeatable."
      })
  void input(List<String> texts) {
    addStep("--input", texts, Steps::input);
  }

  @Option(
      names = "--expect",
      order = -15,
      paramLabel = "TEXT",
      description = {
        "Wait until the console has printed TEXT, after the --expect before it was met."
            + " Repeatable. When the last step is an --expect and all are met, the run ends well."
      })
  void expect(List<String> texts) {
    addStep("--expect", texts, text -> new Step.Expect(Texts.parse(text)));
  }

  @Option(
      names = "--press",
      order = -10,
      paramLabel = "BUTTON[@TIME][:SPAN]",
      description = {
        "Press a button of the board for SPAN (default 200ms): at virtual TIME, else as --input"
            + " without a time. Repeatable."
      })
  void press(List<String> texts) {
    addStep("--press", texts, Steps::press);
  }

  @Option(
      names = "--pin",
      order = -9,
      paramLabel = "PIN=LEVEL[@TIME]",
      description = {
        "Drive a pin from outside: RB11=1, RB11=0, or RB11=z to let it go; at virtual TIME, else"
            + " when the --expect before it is met, or at the start. Repeatable."
      })
  void pin(List<String> texts) {
    addStep("--pin", texts, Steps::pin);
  }

  @Option(
      names = "--adc",
      order = -8,
      paramLabel = "INPUT=VOLTS[@TIME]",
      description = {
        "Put a voltage on an analog input: AN8=1.65V or AN8=1650mV; when: as --pin. Repeatable."
      })
  void adc(List<String> texts) {
    addStep("--adc", texts, Steps::adc);
  }

  @Option(
      names = "--fail",
      order = -14,
      paramLabel = "TEXT",
      description = "Fail when the console prints TEXT. Repeatable.")
  void fail(List<String> texts) {
    addStep("--fail", texts, text -> new Step.Fail(Texts.parse(text)));
  }

  /** What is closed is the bridge, which only writes to standard error. */
  @SuppressWarnings("ClosingStandardOutputStreams")
  @Override
  public Integer call() throws CommandFailure, IOException {
    Board chosen = board();
    RunOptions options =
        new RunOptions(pace, length, timeout, List.copyOf(steps), serialLog, vcd, capture);
    checkSteps(chosen);
    var _ = gpio.wirings(chosen);
    Target target = target(chosen);
    card.insert(target.debug().machine());
    try (Debugging debugging = debug.attach(target.debug())) {
      SerialBridge bridge = bridges.open(System.err);
      try (bridge) {
        run(target, options, debugging, bridge);
      }
    }
    return ExitCode.OK.code();
  }

  private Target target(Board chosen) throws CommandFailure, IOException {
    Target target = one(chosen);
    if (engine != EngineChoice.LOCKSTEP) {
      target.debug().machine().cpu().engine(engine.engine);
      return target;
    }
    if (card.given()
        || bridges.given()
        || gpio.given()
        || debug.given()
        || flash.file().isPresent()) {
      throw wrong(
          "--engine lockstep: expected a machine that only --input, --press, --pin, --adc and the"
              + " keyboard reach, found a file of its own, a serial or GPIO line or a debugger");
    }
    return target.inLockstepWith(one(chosen));
  }

  private void run(Target target, RunOptions options, Debugging debugging, SerialBridge bridge)
      throws CommandFailure, IOException {
    Lines lines = new Lines(bridge, bridges.shown(target.consoleNumber()));
    if (Terminal.present()) {
      onTerminal(target, options, debugging, lines);
    } else {
      plain(target, options, debugging, lines);
    }
  }

  /** Without anything to run: the bare board for those who connect to it, else the demo. */
  private Target one(Board chosen) throws CommandFailure, IOException {
    boolean connected = bridges.used(chosen.console().number());
    boolean bare = connected || flash.file().isPresent() || firmware.loaderAlone();
    if (file == null && bare && (!firmware.used() || firmware.loaderAlone())) {
      return Targets.of(firmware, chosen, flash.file());
    }
    return Targets.of(file == null ? demo() : file, firmware, chosen, flash.file());
  }

  private Board board() {
    return Boards.named(board)
        .orElseThrow(
            () ->
                wrong(
                    "--board: expected one of %s, found '%s'"
                        .formatted(String.join(", ", new BoardNames()), board)));
  }

  private void checkSteps(Board chosen) {
    List<String> wrong = new ArrayList<>();
    for (Step step : steps) {
      switch (step) {
        case Step.Do(Action action) -> action.impossible(chosen).ifPresent(wrong::add);
        case Step.DoAt(Duration at, Action action) ->
            action.impossible(chosen).ifPresent(wrong::add);
        default -> {}
      }
    }
    if (!wrong.isEmpty()) {
      throw wrong(String.join("\nvzrig: ", wrong));
    }
  }

  static Path demo() throws CommandFailure {
    Path demo = Path.of(System.getProperty("vzrig.home", "."), DEMO);
    if (!Files.exists(demo)) {
      throw new CommandFailure(
          ExitCode.USAGE, "expected a CONFIG: the demo " + demo + " is missing");
    }
    return demo;
  }

  private void plain(Target target, RunOptions options, Debugging debugging, Lines lines)
      throws CommandFailure, IOException {
    var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    Screen screen = new PlainScreen(out, lines.shown());
    RunSession session = new RunSession(target, options, screen, lines);
    if (bridges.stdio()) {
      Terminal.readInput(session::keyWhenTaken, () -> {});
    }
    wire(session, target);
    debugging.start(session.machineThread());
    Interruptible.run(session, () -> ended(target, lines));
  }

  /** The terminal is closed before the last lines are written to it as plain text. */
  @SuppressWarnings("try")
  private void onTerminal(Target target, RunOptions options, Debugging debugging, Lines lines)
      throws CommandFailure, IOException {
    try (Terminal terminal = Terminal.open()) {
      TerminalScreen screen = new TerminalScreen(terminal, target, lines.shown());
      RunSession session = new RunSession(target, options, screen, lines);
      screen.clock(session::cycles);
      Terminal.readInput(key -> typed(session, key), session::leave);
      wire(session, target);
      debugging.start(session.machineThread());
      Interruptible.run(
          session,
          () -> {
            terminal.close();
            ended(target, lines);
          });
    }
  }

  private void wire(RunSession session, Target target) throws CommandFailure, IOException {
    gpio.attach(session, target.board(), System.err);
  }

  /** Also when the process was told to end, and before it does. */
  private void ended(Target target, Lines lines) throws IOException {
    BridgeOptions.summary(lines.bridge(), System.err);
    gpio.summary(System.err);
    flash.save(target);
  }

  private static void typed(RunSession session, int key) {
    switch (key) {
      case Terminal.LEAVE -> session.leave();
      case Terminal.RESET -> session.reset();
      default -> session.key(key);
    }
  }

  /** picocli hands over all texts of the option so far, after each, and none to begin with. */
  private void addStep(String option, List<String> texts, Function<String, Step> parser) {
    if (!texts.isEmpty()) {
      steps.add(parsed(option, texts.getLast(), parser));
    }
  }

  private <T> T parsed(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong(option + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
