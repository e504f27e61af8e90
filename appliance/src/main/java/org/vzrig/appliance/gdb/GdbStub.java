package org.vzrig.appliance.gdb;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Probe;

/**
 * Answers one debugger. Belongs to one thread; whatever touches the machine goes through {@code
 * machine}.
 */
final class GdbStub {
  /** Runs something on the machine thread and returns what it computes. */
  interface MachineAccess {
    /** Waits for the result. */
    <T extends @Nullable Object> T ask(Supplier<T> question) throws IOException;
  }

  private static final String OK = "OK";
  private static final String NOT_KNOWN = "";
  private static final String BAD_ADDRESS = "E0e";
  private static final String BAD_REQUEST = "E01";
  private static final int BREAKPOINTS = '1';

  private final Packets packets;
  private final GdbTarget target;
  private final MachineAccess machine;
  private int selected;
  private boolean running;
  private boolean interrupted;
  private boolean over;

  GdbStub(Packets packets, GdbTarget target, MachineAccess machine) {
    this.packets = packets;
    this.target = target;
    this.machine = machine;
  }

  /** Whether the debugger has left and the machine may go on without it. */
  boolean over() {
    return over;
  }

  /** The machine has stopped. */
  void stopped() throws IOException {
    if (running) {
      running = false;
      packets.write(stopReply());
      interrupted = false;
    }
  }

  /** The run has ended. */
  void ended() throws IOException {
    over = true;
    packets.write("W00");
  }

  /** Ctrl-C. */
  void interrupt() throws IOException {
    interrupted = true;
    machine.ask(
        () -> {
          target.probe().stop();
          return 0;
        });
  }

  /** A packet has come. */
  void packet(String text) throws IOException {
    if (text.isEmpty()) {
      packets.write(NOT_KNOWN);
      return;
    }
    String answer;
    try {
      answer = answer(text);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      answer = BAD_REQUEST; // numbers or fields that are none
    }
    if (answer != null) {
      packets.write(answer);
    }
    if (text.equals("QStartNoAckMode")) {
      packets.withoutAcknowledgement();
    }
  }

  /** Null when the answer comes later. */
  private @Nullable String answer(String text) throws IOException {
    String rest = text.substring(1);
    return switch (text.charAt(0)) {
      case '?' -> stopReply();
      case 'q', 'Q' -> query(text);
      case 'v' -> verbose(text);
      case 'H' -> select(rest);
      case 'T' -> machine.ask(target::threads).contains(Hex.number(rest)) ? OK : BAD_REQUEST;
      case 'g' -> registers();
      case 'G' -> writeRegisters(rest);
      case 'p' -> register(Hex.number(rest));
      case 'P' -> writeRegister(rest);
      case 'm' -> memory(rest);
      case 'M' -> writeMemory(rest);
      case 'Z' -> point(rest, true);
      case 'z' -> point(rest, false);
      case 'c', 's' -> resume(text.charAt(0) == 's');
      case 'D' -> leave(OK);
      case 'k' -> leave(null);
      default -> NOT_KNOWN;
    };
  }

  // --- stopping and going on

  private String stopReply() throws IOException {
    return machine.ask(
        () -> {
          Probe.Stop stop = target.probe().stopped();
          selected = target.current();
          String signal = interrupted ? "T02" : "T05";
          return signal + points(stop) + "thread:%x;".formatted(selected);
        });
  }

  private static String points(Probe.@Nullable Stop stop) {
    if (stop == null) {
      return "";
    }
    return switch (stop.reason()) {
      case READ -> "rwatch:%x;".formatted(stop.address());
      case WRITE -> "watch:%x;".formatted(stop.address());
      default -> "";
    };
  }

  private @Nullable String resume(boolean step) throws IOException {
    running = true;
    machine.ask(
        () -> {
          // the debugger itself steps past its points
          target.probe().resume(step ? 1 : Probe.NO_STEPS, false);
          return 0;
        });
    return null;
  }

  private @Nullable String leave(@Nullable String answer) throws IOException {
    leave();
    return answer;
  }

  /** Removes what the debugger has set and lets the machine run on. */
  void leave() throws IOException {
    over = true;
    machine.ask(
        () -> {
          target.probe().clear();
          target.probe().resume();
          return 0;
        });
  }

  private @Nullable String verbose(String text) throws IOException {
    if (text.equals("vCont?")) {
      return "vCont;c;C;s;S";
    }
    if (text.startsWith("vCont;")) {
      char action = text.charAt(6);
      return resume(action == 's' || action == 'S');
    }
    return text.startsWith("vKill") ? leave(OK) : NOT_KNOWN;
  }

  // --- questions

  private String query(String text) throws IOException {
    if (text.startsWith("qSupported")) {
      return "PacketSize=4000;QStartNoAckMode+;qXfer:features:read+;vContSupported+";
    }
    if (text.startsWith("qXfer:features:read:target.xml:")) {
      return part(TargetXml.text(), text.substring(text.lastIndexOf(':') + 1));
    }
    if (text.startsWith("qThreadExtraInfo,")) {
      int thread = Hex.number(text.substring(text.indexOf(',') + 1));
      String description = machine.ask(() -> target.describe(thread));
      return Hex.text(description.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
    return switch (text) {
      case "QStartNoAckMode" -> OK;
      case "qAttached" -> "1";
      case "qC" -> "QC%x".formatted(machine.ask(target::current));
      case "qfThreadInfo" ->
          machine.ask(target::threads).stream()
              .map(Integer::toHexString)
              .collect(Collectors.joining(",", "m", ""));
      case "qsThreadInfo" -> "l";
      default -> NOT_KNOWN;
    };
  }

  private static String part(String whole, String range) {
    String[] numbers = range.split(",", -1);
    int from = Math.min(Hex.number(numbers[0]), whole.length());
    int to = Math.min(from + Hex.number(numbers[1]), whole.length());
    return (to == whole.length() ? "l" : "m") + whole.substring(from, to);
  }

  /** Hg chooses whose registers and memory are meant; 0 and -1 leave it as it is. */
  private String select(String rest) {
    if (rest.charAt(0) == 'g' && !rest.startsWith("g-") && Hex.number(rest.substring(1)) != 0) {
      selected = Hex.number(rest.substring(1));
    }
    return OK;
  }

  // --- registers

  private String registers() throws IOException {
    return machine.ask(
        () -> {
          StringBuilder all = new StringBuilder();
          for (int number = 0; number < TargetXml.COUNT; number++) {
            all.append(value(number));
          }
          return all.toString();
        });
  }

  private String register(int number) throws IOException {
    return number < TargetXml.COUNT ? machine.ask(() -> value(number)) : BAD_REQUEST;
  }

  private String value(int number) {
    OptionalLong value = target.register(selected, number);
    int bytes = TargetXml.bytes(number);
    return value.isPresent() ? Hex.littleEndian(value.getAsLong(), bytes) : "xx".repeat(bytes);
  }

  private String writeRegisters(String text) throws IOException {
    return machine.ask(
        () -> {
          int at = 0;
          for (int number = 0; number < TargetXml.COUNT; number++) {
            int digits = 2 * TargetXml.bytes(number);
            String value = text.substring(at, at + digits);
            if (value.indexOf('x') < 0) {
              target.register(selected, number, Hex.littleEndian(value));
            }
            at += digits;
          }
          return OK;
        });
  }

  private String writeRegister(String text) throws IOException {
    int number = Hex.number(text.substring(0, text.indexOf('=')));
    long value = Hex.littleEndian(text.substring(text.indexOf('=') + 1));
    boolean done = machine.ask(() -> target.register(selected, number, value));
    return done ? OK : BAD_REQUEST;
  }

  // --- memory and points

  private String memory(String text) throws IOException {
    List<String> fields = List.of(text.split(","));
    int address = Hex.number(fields.get(0));
    int length = Hex.number(fields.get(1));
    byte[] bytes = machine.ask(() -> target.read(selected, address, Math.clamp(length, 0, 4096)));
    return bytes.length == 0 && length != 0 ? BAD_ADDRESS : Hex.text(bytes);
  }

  private String writeMemory(String text) throws IOException {
    int address = Hex.number(text.substring(0, text.indexOf(',')));
    byte[] bytes = Hex.bytes(text.substring(text.indexOf(':') + 1));
    boolean done = machine.ask(() -> target.write(selected, address, bytes));
    return done ? OK : BAD_ADDRESS;
  }

  private String point(String text, boolean set) throws IOException {
    char kind = text.charAt(0);
    String[] fields = text.split("[,;]", -1);
    int address = Hex.number(fields[1]);
    int length = Hex.number(fields[2]);
    if (kind < '0' || kind > '4') {
      return NOT_KNOWN;
    }
    Supplier<String> change =
        kind <= BREAKPOINTS
            ? () -> breakpoint(address, set)
            : () -> watchpoint(new Probe.Watch(address, length, kind != '2', kind != '3'), set);
    return Objects.requireNonNull(machine.ask(change));
  }

  private String breakpoint(int address, boolean set) {
    if (set) {
      target.probe().breakAt(address);
    } else {
      target.probe().clearBreak(address);
    }
    return OK;
  }

  private String watchpoint(Probe.Watch watch, boolean set) {
    if (set) {
      target.probe().watch(watch);
    } else {
      target.probe().unwatch(watch);
    }
    return OK;
  }
}
