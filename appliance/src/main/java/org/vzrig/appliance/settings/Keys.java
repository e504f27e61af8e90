package org.vzrig.appliance.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All settings that exist. {@code systemd/vzrig.toml} shows each of them. */
public final class Keys {
  /** How many UARTs a chip has. */
  public static final int UARTS = 6;

  private static final Map<String, Key> ALL = new LinkedHashMap<>();

  static {
    add("rig.name", "a name", "names the rig in answers and in the journal");
    add("rig.mode", "emulate, mirror or both", "what stands behind the console");
    add("rig.board", "a board", "the board that is emulated");
    add("rig.run", "a file", "guests (a tinyVP configuration) or a firmware image");
    add("rig.loader", "a file", "a boot loader's image that is programmed too");
    add("rig.entry", "an address or a symbol", "where an image starts instead");
    add("rig.at", "an address", "where a binary image lies");
    add("rig.card", "a file", "image of the memory card in the board's socket");
    add("rig.card-read-only", "true or false", "whether the card is write-protected");
    add("rig.pace", "realtime or fast", "how virtual time passes");
    add("rig.start", "true or false", "whether the machine runs at once");
    for (int n = 1; n <= UARTS; n++) {
      add("serial.uart" + n, "a list of routes", "where UART " + n + " goes");
    }
    add("gpio.lines", "a list of wires", "LEDs, buttons and pins on GPIO lines");
    add("gpio.mock", "true or false", "whether the lines exist in memory alone");
    add("gpio.driver", "auto, character, pi4j or sysfs", "how lines are reached");
    add("record.capture", "a file", "everything that happens, for comparing");
    add("record.serial-log", "a file", "serial traffic as text");
    add("record.vcd", "a file", "pins and serial bytes for GTKWave and PulseView");
    add("record.keep", "a number", "how many older recordings stay; 0 keeps all");
    add("real.port", "a serial port", "the real board's console");
    add("real.baud", "a number", "its speed");
    add("real.pins", "a list of wires", "lines that see the real board's LEDs and pins");
    add("real.buttons", "a list of wires", "lines that press the real board's buttons");
    add("control.socket", "a file", "where vzrig ctl finds the daemon");
    add("control.mode", "octal digits", "who may use the socket");
    add("control.group", "a group", "the socket's group");
    add("log.level", "error, warn, info or debug", "what is logged");
  }

  private Keys() {}

  private static void add(String name, String form, String meaning) {
    ALL.put(name, new Key(name, form, meaning));
  }

  /** All keys, in the order of the example file. */
  public static List<Key> all() {
    return new ArrayList<>(ALL.values());
  }

  /** The key called {@code name}. */
  public static Optional<Key> named(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** What stands in {@code table}, for messages; empty when there is no such table. */
  static String leaves(String table) {
    return ALL.values().stream()
        .filter(key -> key.table().equals(table))
        .map(Key::leaf)
        .collect(Collectors.joining(", "));
  }

  /** The tables, for messages. */
  static List<String> tables() {
    return ALL.values().stream().map(Key::table).distinct().toList();
  }
}
