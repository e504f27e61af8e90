package org.vzrig.boards;

import java.util.List;
import java.util.Optional;

/**
 * A board.
 *
 * @param name our name, such as wifire
 * @param aliases further names it is found by, tinyVP's among them
 * @param title what people call it
 * @param chip its part
 * @param crystalHz frequency of the primary oscillator in hertz
 * @param console UART of the console as it is wired
 * @param leds its lights, in the order of their names
 * @param buttons its push buttons, in the order of their names
 * @param sdSlot socket for a memory card, where we know how it is wired
 * @param devcfg configuration words it ships with or that tinyVP gives it
 * @param loader boot loader it ships with, if it has one
 * @param tinyvp facts from tinyVP's board file
 */
public record Board(
    String name,
    List<String> aliases,
    String title,
    Chip chip,
    int crystalHz,
    Uart console,
    List<Led> leds,
    List<Button> buttons,
    Optional<SdSlot> sdSlot,
    DevCfg devcfg,
    Optional<Loader> loader,
    TinyVp tinyvp) {
  /** Keeps its own copies of the lists. */
  public Board {
    aliases = List.copyOf(aliases);
    leds = List.copyOf(leds);
    buttons = List.copyOf(buttons);
  }

  /** The light called {@code name}, such as LD1. */
  public Optional<Led> led(String name) {
    return leds.stream().filter(l -> l.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The button called {@code name}, such as BTN1. */
  public Optional<Button> button(String name) {
    return buttons.stream().filter(b -> b.name().equalsIgnoreCase(name)).findFirst();
  }
}
