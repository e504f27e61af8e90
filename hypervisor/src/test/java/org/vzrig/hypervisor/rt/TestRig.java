package org.vzrig.hypervisor.rt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.layout.Layouts;

/** A rig as its user sees it: the console's characters and the pins, with their times. */
final class TestRig {
  static final Path GUESTS = Path.of("guests");
  private static final char CTRL_E = 5;
  private static final Pattern MARK = Pattern.compile("\n\rStatus=0x[^|]*\\|-------[^|]*\\|\n\r");

  private final Rig rig;
  private final Machine machine;
  private final int console;
  private final StringBuilder log = new StringBuilder();
  private final List<Sent> sent = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  /** A character that has left on the console's line. */
  record Sent(long cycle, char character) {}

  /** A pin that has changed. */
  record Edge(long cycle, Pin pin, boolean level) {}

  private TestRig(Board board, Path configuration) throws ConfigException {
    rig = Rig.build(board, Layouts.read(configuration, board.name()));
    machine = rig.machine();
    console = board.console().number();
    machine.uart(console).onTransmit(this::sent);
    machine.pins().onChange((cycle, pin, level) -> edges.add(new Edge(cycle, pin, level)));
  }

  /** One of our configurations on its board. */
  static TestRig of(String configuration) throws ConfigException {
    String board =
        switch (configuration) {
          case "olimex.config" -> "olimex-emz64";
          case "dm320007.config" -> "dm320007";
          default -> "wifire";
        };
    return of(board, GUESTS.resolve(configuration));
  }

  static TestRig of(String board, Path configuration) throws ConfigException {
    return new TestRig(Boards.named(board).orElseThrow(), configuration);
  }

  private void sent(long cycle, int value) {
    sent.add(new Sent(cycle, (char) value));
    log.append((char) value);
  }

  /** Runs until virtual time is {@code seconds}. */
  TestRig until(double seconds) {
    machine.runTo(Math.round(seconds * machine.sysclkHz()));
    return this;
  }

  /** Runs on for {@code seconds}. */
  TestRig run(double seconds) {
    machine.run(Math.round(seconds * machine.sysclkHz()));
    return this;
  }

  /** Types on the console; {@code ^E} is Ctrl-E. */
  TestRig type(String text) {
    text.replace("^E", String.valueOf(CTRL_E)).chars().forEach(machine.uart(console)::receive);
    return this;
  }

  /** Types and runs until the answer has been printed. */
  String answer(String text) {
    int before = log.length();
    type(text).run(0.2);
    return log.substring(before).replace("\r", "");
  }

  /** What the console has shown, without carriage returns. */
  String text() {
    return log.toString().replace("\r", "");
  }

  /** What the console has shown, as sent. */
  String raw() {
    return log.toString();
  }

  List<Sent> sent() {
    return sent;
  }

  List<Edge> edges() {
    return edges;
  }

  /** Times in seconds at which {@code pin} changed. */
  List<Double> edges(String pin) {
    Pin wanted = Pin.of(pin);
    return edges.stream()
        .filter(e -> e.pin().equals(wanted))
        .map(e -> e.cycle() / (double) machine.sysclkHz())
        .toList();
  }

  /** Times in seconds after {@code from} when guests' {@code character}s were sent. */
  List<Double> times(char character, double from) {
    List<Double> times = new ArrayList<>();
    String guests = withoutMarks();
    for (int i = 0; i < guests.length(); i++) {
      double time = sent.get(i).cycle() / (double) machine.sysclkHz();
      if (guests.charAt(i) == character && time >= from) {
        times.add(time);
      }
    }
    return times;
  }

  /** The log with spaces in the place of root's marks, which hold dots and digits. */
  private String withoutMarks() {
    return MARK.matcher(log).replaceAll(mark -> " ".repeat(mark.group().length()));
  }

  ThreadStatus status(int id) {
    return rig.status().stream().filter(s -> s.id() == id).findFirst().orElseThrow();
  }

  Rig rig() {
    return rig;
  }

  Machine machine() {
    return machine;
  }
}
