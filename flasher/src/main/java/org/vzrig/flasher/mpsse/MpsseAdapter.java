package org.vzrig.flasher.mpsse;

import java.util.List;

/**
 * An FTDI adapter: how it is told from others, and what its pins do. A pin is a bit of ADBUS (7:0)
 * and ACBUS (15:8); an inverted one is 0 when it does what it is for. (The reference's section 13.)
 *
 * @param vendor USB vendor
 * @param product USB product
 * @param name what the user calls it
 * @param mhz clock that the divisor divides, in MHz: 6, or 30 on high-speed chips
 * @param direction pins that are outputs beside TCK, TDI and TMS
 * @param trst the test port's reset, only ever released
 * @param sysrst the chip's MCLR
 * @param led activity
 * @param productString USB product string, empty for any
 * @param icsp selects two-wire ICSP
 * @param icspInput turns the two-wire data pin into an input
 */
public record MpsseAdapter(
    int vendor,
    int product,
    String name,
    int mhz,
    int direction,
    Pin trst,
    Pin sysrst,
    Pin led,
    String productString,
    Pin icsp,
    Pin icspInput) {
  /**
   * A pin.
   *
   * @param mask its bit, or bits
   * @param inverted whether 0 is its active level
   */
  public record Pin(int mask, boolean inverted) {
    /** {@code pins} with this one at its active or its idle level. */
    public int set(int pins, boolean active) {
      return active != inverted ? pins | mask : pins & ~mask;
    }
  }

  private static final Pin TMS_AS_OE = high(0x0008, 1);

  /** All known adapters, those with a product string first where they share an id. */
  public static final List<MpsseAdapter> ALL =
      List.of(
          olimex(0x0004, "Olimex ARM-USB-Tiny", 6, 0),
          olimex(0x002A, "Olimex ARM-USB-Tiny-H", 30, 0),
          olimex(0x002B, "Olimex ARM-USB-OCD-H", 30, 0),
          olimex(0x0036, "Olimex MIPS-USB-OCD-H", 30, 1),
          new MpsseAdapter(
              0x0403,
              0x6010,
              "TinCanTools Flyswatter",
              6,
              0x0CF0,
              high(0x0010, 1),
              high(0x0020, 1),
              high(0x0C00, 1),
              "Flyswatter",
              high(0x0100, 1),
              TMS_AS_OE),
          new MpsseAdapter(
              0x0403,
              0x6010,
              "Neofoxx JTAG/SWD adapter",
              30,
              0xFF3B,
              high(0x0100, 1),
              high(0x0200, 1),
              high(0x8000, 1),
              "Neofoxx JTAG/SWD adapter",
              high(0x0020, 1),
              high(0x1000, 0)),
          new MpsseAdapter(
              0x0403,
              0x6010,
              "Dangerous Prototypes Bus Blaster",
              30,
              0x0F10,
              high(0x0100, 1),
              high(0x0200, 1),
              high(0, 0),
              "",
              high(0x0100, 1),
              TMS_AS_OE));

  private static MpsseAdapter olimex(int product, String name, int mhz, int resetInverted) {
    return new MpsseAdapter(
        0x15BA,
        product,
        name,
        mhz,
        0x0F10,
        high(0x0100, 1),
        high(0x0200, resetInverted),
        high(0x0800, 0),
        "",
        high(0x0100, 1),
        TMS_AS_OE);
  }

  private static Pin high(int mask, int inverted) {
    return new Pin(mask, inverted == 1);
  }

  /** All pins: MCLR low or not, LED on, two-wire ICSP or JTAG, its data pin's direction. */
  int pins(boolean reset, boolean lit, boolean twoWire, boolean input) {
    int pins = trst.set(0x0008, false); // TMS is high when idle
    pins = led.set(sysrst.set(pins, reset), lit);
    pins = icsp.set(pins, twoWire);
    return twoWire ? icspInput.set(pins, input) : pins;
  }

  /** Outputs: TCK, TDI, TMS and the adapter's own. */
  int outputs() {
    return 0x000B | direction;
  }

  /** The divisor for a clock of {@code khz}: f = mhz / (divisor + 1). */
  int divisor(int khz) {
    return Math.clamp((mhz * 2000L / khz + 1) / 2 - 1, 0, 0xFFFF);
  }
}
