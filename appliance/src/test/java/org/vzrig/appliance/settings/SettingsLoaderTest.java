package org.vzrig.appliance.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.run.RunOptions.Pace;

class SettingsLoaderTest {
  private static final Path GUESTS = VzrigProcess.root().resolve("hypervisor/guests/wifire.config");

  @TempDir Path directory;

  private Path file(String name, String... lines) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines));
  }

  private static Settings load(Path file, Map<String, String> environment, String... options)
      throws CommandFailure {
    List<SettingsSource.Option> given =
        List.of(options).stream().map(SettingsLoaderTest::option).toList();
    return SettingsLoader.load(new SettingsSource(file, environment, given));
  }

  private static SettingsSource.Option option(String text) {
    int equals = text.indexOf('=');
    return new SettingsSource.Option(
        text.substring(0, equals), text.substring(equals + 1), "--set");
  }

  private static List<String> mistakes(Path file, Map<String, String> environment) {
    CommandFailure wrong = assertThrows(CommandFailure.class, () -> load(file, environment));
    assertEquals(ExitCode.BAD_CONFIG, wrong.exit());
    return wrong.lines();
  }

  private static String run() {
    return "run = \"" + GUESTS + "\"";
  }

  @Test
  void laterSourcesWin() throws Exception {
    Path file = file("bench.toml", "[rig]", run(), "pace = 'realtime'", "board = 'wifire'");
    file("bench.toml.d/20-b.toml", "[rig]", "name = 'b'", "[serial]", "uart4 = ['pty', 'tcp:1']");
    file("bench.toml.d/10-a.toml", "[rig]", "name = 'a'", "start = false");
    Settings settings = load(file, Map.of("VZRIG_RIG_START", "true"), "rig.pace=fast");
    assertEquals("b", settings.rig().name());
    assertEquals(Pace.FAST, settings.rig().pace());
    assertTrue(settings.rig().start());
    assertEquals(List.of("pty", "tcp:1"), settings.serial().get(4));
  }

  @Test
  void listsOfTheEnvironmentAreSeparatedBySpaces() throws Exception {
    Path file = file("bench.toml", "[rig]", run());
    Settings settings = load(file, Map.of("VZRIG_SERIAL_UART1", "pty tcp:2323"));
    assertEquals(List.of("pty", "tcp:2323"), settings.serial().get(1));
  }

  @Test
  void defaultsNeedOnlyWhatRuns() throws Exception {
    Settings settings = load(file("bench7.toml", "[rig]", run()), Map.of());
    assertEquals("bench7", settings.rig().name());
    assertEquals("wifire", settings.rig().board().name());
    assertEquals(0660, settings.control().permissions());
    assertEquals("bench7.sock", settings.control().socket().getFileName().toString());
  }

  @Test
  void pathsStartWhereTheirFileLies() throws Exception {
    Path file = file("bench.toml", "[rig]", run(), "[record]", "capture = 'here.capture'");
    Settings settings = load(file, Map.of());
    assertEquals(directory.resolve("here.capture"), settings.record().capture().orElseThrow());
  }

  @Test
  void tellsEveryMistakeWithItsPlace() throws Exception {
    Path file =
        file(
            "bench.toml",
            "[rig]",
            "bord = 'wifire'",
            "pace = 'slow'",
            "name = '../etc'",
            run(),
            "[record]",
            "keep = -1",
            "vcd = '/nowhere/x.vcd'",
            "[colour]",
            "red = 1");
    file("bench.toml.d/10.toml", "", "[control]", "mode = '999'");
    List<String> lines =
        mistakes(file, Map.of("VZRIG_RIG_BOARD", "arduino", "VZRIG_RIG_PAICE", "1"));
    expect(lines, "bench.toml:2: rig.bord: no such setting; [rig] has name, mode, board");
    expect(lines, "bench.toml:3: rig.pace: expected one of realtime, fast, found 'slow'");
    expect(lines, "bench.toml:4: rig.name: expected letters");
    expect(lines, "bench.toml:7: record.keep: expected a number from 0 to");
    expect(lines, "bench.toml:8: record.vcd: expected a file in a directory that exists");
    expect(lines, "bench.toml:9: [colour]: expected one of the tables rig, serial");
    expect(lines, "10.toml:3: control.mode: expected three octal digits such as 0660, found '999'");
    expect(lines, "environment, VZRIG_RIG_BOARD: rig.board: expected one of wifire");
    expect(lines, "environment: VZRIG_RIG_PAICE: no such setting");
    assertEquals(9, lines.size(), lines::toString);
  }

  private static void expect(List<String> lines, String part) {
    assertTrue(lines.stream().anyMatch(line -> line.contains(part)), () -> part + " in " + lines);
  }

  @Test
  void tellsMistakesOfWhatRunsToo() throws Exception {
    Path guests = file("broken.config", ".vm 1", "nonsense", "");
    Path file = file("bench.toml", "[rig]", "run = '" + guests + "'", "pace = 'x'");
    List<String> lines = mistakes(file, Map.of());
    expect(lines, "broken.config:1: error");
    expect(lines, "bench.toml:3: rig.pace");
  }

  @Test
  void tellsWhatIsNotToml() throws Exception {
    Path file = file("bench.toml", "[rig]", run(), "pace = ", "");
    expect(mistakes(file, Map.of()), "bench.toml:3: not TOML");
    expect(mistakes(directory.resolve("none.toml"), Map.of()), "none.toml: no such file");
  }

  @Test
  void mirrorNeedsThePortAlone() throws Exception {
    Path file = file("bench.toml", "[rig]", "mode = 'mirror'");
    expect(mistakes(file, Map.of()), "bench.toml:2: real.port: the mode mirror needs");
    Map<String, String> emulated = Map.of("VZRIG_REAL_PORT", "x", "VZRIG_SERIAL_UART4", "tcp:1");
    expect(mistakes(file, emulated), "serial.uart4: needs an emulated board");
    Settings settings = load(file, Map.of("VZRIG_REAL_PORT", "/dev/ttyUSB0"));
    assertEquals("/dev/ttyUSB0", settings.real().orElseThrow().port());
  }

  @Test
  void tellsEveryMistakeOfWires() throws Exception {
    Path file =
        file(
            "bench.toml",
            "[rig]",
            run(),
            "[gpio]",
            "lines = ['LD1=gpiochip0/1', 'LD2=gpiochip0/1', 'LD1=gpiochip0/2', 'LD9=x']",
            "driver = 'wiringpi'",
            "[real]",
            "pins = ['BTN1=gpiochip0/3']",
            "buttons = ['LD1=gpiochip0/4', 'BTN1=gpiochip0/2']");
    List<String> lines = mistakes(file, Map.of());
    expect(lines, "bench.toml:4: gpio.lines: expected gpiochip0/1 to be used once");
    expect(lines, "bench.toml:4: gpio.lines: expected LD1 to be wired once");
    expect(lines, "bench.toml:4: gpio.lines: LD9=x: expected a line such as");
    expect(lines, "bench.toml:5: gpio.driver: expected one of auto, character, pi4j, sysfs");
    expect(lines, "bench.toml:7: real.pins: BTN1=gpiochip0/3: expected an LED or a pin");
    expect(lines, "bench.toml:8: real.buttons: LD1=gpiochip0/4: expected a button of the wifire");
    expect(lines, "bench.toml:8: real.buttons: expected gpiochip0/2 to be used once");
    assertEquals(7, lines.size(), lines::toString);
  }

  @Test
  void linesThatAreDrivenAreKnownInSpiteOfMistakes() throws Exception {
    Path file =
        file(
            "bench.toml",
            "[rig]",
            "run = 'gone.hex'",
            "pace = 'slow'",
            "[gpio]",
            "lines = ['LD1=gpiochip0/1,low', 'BTN1=gpiochip0/2']",
            "colour = 1",
            "[real]",
            "buttons = ['BTN2=gpiochip0/3']");
    SettingsLoader.Driven driven =
        SettingsLoader.driven(new SettingsSource(file, Map.of(), List.of()));
    assertEquals(
        List.of("LD1", "BTN2"), driven.gpio().lines().stream().map(wire -> wire.name()).toList());
    expect(driven.problems(), "bench.toml:6: gpio.colour: no such setting");
  }

  @Test
  void theExampleShowsEverySettingAndLoads() throws Exception {
    Path example = VzrigProcess.root().resolve("systemd/vzrig.toml");
    load(example, Map.of());
    String table = "";
    List<String> shown = new java.util.ArrayList<>();
    for (String line : Files.readAllLines(example)) {
      if (line.startsWith("[")) {
        table = line.substring(1, line.indexOf(']'));
      } else if (line.matches("#?[a-z0-9-]+ = .*")) {
        shown.add(table + "." + line.replaceFirst("#?([a-z0-9-]+) = .*", "$1"));
      }
    }
    assertEquals(
        Keys.all().stream().map(Key::name).sorted().toList(), shown.stream().sorted().toList());
    Path all = file("all.toml", uncommented(example));
    load(all, Map.of("VZRIG_RIG_MODE", "emulate", "VZRIG_RIG_RUN", GUESTS.toString()));
  }

  /** With every example in force, except for files that are not there. */
  private static String uncommented(Path example) throws IOException {
    return Files.readString(example)
        .replaceAll("(?m)^#(loader|entry|at|card|capture|serial-log|vcd) = .*$", "")
        .replaceAll("(?m)^#([a-z0-9-]+ = )", "$1");
  }
}
