package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;

/**
 * Peripheral pin select (data sheet tables 12-2 and 12-3): which pin an input listens to, which
 * output a pin carries.
 *
 * <p>Pins form four groups; an input can choose among the pins of its group, a pin among the
 * outputs of its group.
 */
public final class Pps implements Peripheral {
  private static final int INPUTS_AT = 0x1F80_1400;

  private static final Map<Character, String> PINS =
      Map.of(
          'A', "D2 G8 F4 D10 F1 B9 B10 C14 B5 - C1 D14 G1 A14 D6 -",
          'B', "D9 G6 B8 B15 D4 B0 E3 B7 - F12 D12 F8 C3 E9 - -",
          'C', "D3 G7 F5 D11 F0 B1 E5 C13 B3 - C4 D15 G0 A15 D7 -",
          'D', "D1 G9 B14 D0 - B6 D5 B2 F3 F13 - F2 C2 E8 - -");

  private static final Map<Character, String> OUTPUTS =
      Map.of(
          'A', "- U3TX U4RTS - - SDO1 SDO2 SDO3 - SDO5 SS6 OC3 OC6 REFCLKO4 C2OUT C1TX",
          'B', "- U3RTS U4TX - U6TX SS1 - SS3 SS4 SS5 SDO6 OC5 OC8 - C1OUT REFCLKO3",
          'C', "- U1TX U2RTS U5TX U6RTS SDO1 SDO2 SDO3 SDO4 SDO5 - OC4 OC7 - - REFCLKO1",
          'D', "- U1RTS U2TX U5RTS U6TX - SS2 - SDO4 - SDO6 OC2 OC1 OC9 - C2TX");

  private static final String INPUTS =
      """
      INT1 04 D  INT2 08 B  INT3 0C A  INT4 10 C
      T2CK 18 A  T3CK 1C B  T4CK 20 D  T5CK 24 C  T6CK 28 A  T7CK 2C C  T8CK 30 B  T9CK 34 D
      IC1 38 D  IC2 3C B  IC3 40 A  IC4 44 C  IC5 48 B  IC6 4C D  IC7 50 A  IC8 54 C  IC9 58 B
      OCFA 60 D
      U1RX 68 A  U1CTS 6C B  U2RX 70 B  U2CTS 74 A  U3RX 78 C  U3CTS 7C D
      U4RX 80 D  U4CTS 84 C  U5RX 88 A  U5CTS 8C B  U6RX 90 D  U6CTS 94 A
      SDI1 9C A  SS1 A0 B  SDI2 A8 C  SS2 AC D  SDI3 B4 A  SS3 B8 B
      SDI4 C0 C  SS4 C4 B  SDI5 CC A  SS5 D0 B  SDI6 D8 D  SS6 DC A
      C1RX E0 C  C2RX E4 B  REFCLKI1 E8 A  REFCLKI3 F0 D  REFCLKI4 F4 C
      """;

  private record Input(Register select, List<@Nullable Pin> choices) {}

  private record Output(Register select, Pin pin, List<String> choices) {
    String function() {
      return choices.get(select.value());
    }
  }

  private final RegisterBlock registers = new RegisterBlock(INPUTS_AT, 0x300);
  private final Map<String, Input> inputs = new HashMap<>();
  private final List<Output> outputs = new ArrayList<>();
  private final Map<String, Boolean> levels = new HashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final int[] driven = new int[10];
  private final int[] drivenLevels = new int[10];
  private final Ports ports;

  /** Pin select for the pins of {@code ports}, frozen while {@code cfg} has IOLOCK set. */
  public Pps(Ports ports, Cfg cfg) {
    this.ports = ports;
    declareInputs(cfg);
    for (char group = 'A'; group <= 'D'; group++) {
      List<String> choices = words(OUTPUTS, group);
      for (Pin pin : pins(group)) {
        if (pin != null) {
          declareOutput(pin, choices, cfg);
        }
      }
    }
  }

  private void declareInputs(Cfg cfg) {
    String[] words = INPUTS.trim().split("\\s+", -1);
    for (int i = 0; i < words.length; i += 3) {
      Register select =
          registers
              .plain(Integer.parseInt(words[i + 1], 16), words[i] + "R")
              .rw(0xF)
              .guard(() -> !cfg.pinsLocked())
              .onWrite((old, now) -> changed());
      inputs.put(words[i], new Input(select, pins(words[i + 2].charAt(0))));
    }
  }

  private void declareOutput(Pin pin, List<String> choices, Cfg cfg) {
    Register select =
        registers
            .plain(outputOffset(pin), "RP" + pin.port() + pin.bit() + "R")
            .rw(0xF)
            .guard(() -> !cfg.pinsLocked())
            .onWrite((old, now) -> changed());
    outputs.add(new Output(select, pin, choices));
  }

  private static int outputOffset(Pin pin) {
    return 0x100 + 0x40 * pin.portIndex() + 4 * pin.bit();
  }

  private static List<@Nullable Pin> pins(char group) {
    List<@Nullable Pin> pins = new ArrayList<>();
    for (String name : words(PINS, group)) {
      pins.add(name.equals("-") ? null : Pin.of("R" + name));
    }
    return pins;
  }

  private static List<String> words(Map<Character, String> table, char group) {
    return List.of(table.getOrDefault(group, "").split(" ", -1));
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
    changed();
  }

  /** Adds who is told that the routing has changed. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /** The pin that input {@code function} (such as U4RX) listens to, or null. */
  public @Nullable Pin input(String function) {
    Input input = inputs.get(function);
    return input == null ? null : input.choices().get(input.select().value());
  }

  /** The pins that carry output {@code function} (such as U4TX). */
  public List<Pin> output(String function) {
    return outputs.stream().filter(o -> o.function().equals(function)).map(Output::pin).toList();
  }

  /** A module drives its output {@code function} to {@code level}, on whatever pins carry it. */
  public void drive(String function, boolean level) {
    Boolean old = levels.put(function, level);
    if (old == null || old != level) {
      drivePins();
    }
  }

  /** Writes the select registers as a boot loader does that routes {@code function}s of a board. */
  public void route(String input, int inputSelect, Pin outputPin, int outputSelect) {
    Input in = inputs.get(input);
    if (in == null) {
      throw new IllegalArgumentException("no selectable input is called " + input);
    }
    in.select().value(inputSelect);
    for (Output out : outputs) {
      if (out.pin().equals(outputPin)) {
        out.select().value(outputSelect);
      }
    }
    changed();
  }

  private void changed() {
    drivePins();
    for (Runnable listener : listeners) {
      listener.run();
    }
  }

  private void drivePins() {
    Arrays.fill(driven, 0);
    Arrays.fill(drivenLevels, 0);
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      if (output.select().value() != 0) {
        int bit = 1 << output.pin().bit();
        int port = output.pin().portIndex();
        driven[port] |= bit;
        drivenLevels[port] |= levels.getOrDefault(output.function(), false) ? bit : 0;
      }
    }
    for (int i = 0; i < driven.length; i++) {
      Port port = ports.port(i);
      if (port != null) {
        port.modules(driven[i], drivenLevels[i]);
      }
    }
  }
}
