package org.vzrig.boards;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A decoded field of a configuration word.
 *
 * @param word name of the word, such as DEVCFG1
 * @param name name of the field, such as FNOSC
 * @param high most significant bit
 * @param low least significant bit
 * @param value value of the field
 * @param meaning what the value stands for
 */
public record DevCfgField(String word, String name, int high, int low, int value, String meaning) {

  private record Definition(
      String word, String name, int high, int low, IntFunction<String> meaning) {
    DevCfgField of(int bits) {
      int value = bits >>> low & (int) ((1L << high - low + 1) - 1);
      return new DevCfgField(word, name, high, low, value, meaning.apply(value));
    }
  }

  private static final List<Definition> DEVCFG3 =
      List.of(
          define("DEVCFG3", "USERID", 15, 0, "%04X"::formatted),
          flag("DEVCFG3", "FMIIEN", 24, "Ethernet RMII", "Ethernet MII"),
          flag("DEVCFG3", "FETHIO", 25, "alternate Ethernet pins", "default Ethernet pins"),
          flag("DEVCFG3", "PGL1WAY", 27, "PGLOCK can be reopened", "PGLOCK locks once"),
          flag("DEVCFG3", "PMDL1WAY", 28, "PMDLOCK can be reopened", "PMDLOCK locks once"),
          flag("DEVCFG3", "IOL1WAY", 29, "IOLOCK can be reopened", "IOLOCK locks once"),
          flag("DEVCFG3", "FUSBIDIO", 30, "USBID is a port pin", "USBID belongs to USB"));

  private static final List<Definition> DEVCFG2 =
      List.of(
          define("DEVCFG2", "FPLLIDIV", 2, 0, v -> "PLL input divided by " + (v + 1)),
          names(
              "DEVCFG2",
              "FPLLRNG",
              6,
              4,
              "bypass",
              "PLL input 5-10 MHz",
              "PLL input 8-16 MHz",
              "PLL input 13-26 MHz",
              "PLL input 21-42 MHz",
              "PLL input 34-64 MHz"),
          flag("DEVCFG2", "FPLLICLK", 7, "PLL from POSC", "PLL from FRC"),
          define("DEVCFG2", "FPLLMULT", 14, 8, v -> "PLL multiplies by " + (v + 1)),
          define(
              "DEVCFG2",
              "FPLLODIV",
              18,
              16,
              v -> "PLL output divided by " + DevCfg.outputDivisor(v)),
          flag("DEVCFG2", "UPLLFSEL", 30, "USB clock from 12 MHz", "USB clock from 24 MHz"));

  private static final List<Definition> DEVCFG1 =
      List.of(
          names(
              "DEVCFG1",
              "FNOSC",
              2,
              0,
              "FRC divided",
              "system PLL",
              "primary oscillator",
              "reserved",
              "secondary oscillator",
              "low-power RC",
              "reserved",
              "FRC divided"),
          define("DEVCFG1", "DMTINTV", 5, 3, DevCfgField::deadmanWindow),
          flag("DEVCFG1", "FSOSCEN", 6, "secondary oscillator off", "secondary oscillator on"),
          flag("DEVCFG1", "IESO", 7, "no two-speed start", "two-speed start"),
          names(
              "DEVCFG1",
              "POSCMOD",
              9,
              8,
              "external clock",
              "reserved",
              "HS crystal",
              "primary oscillator off"),
          flag("DEVCFG1", "OSCIOFNC", 10, "CLKO drives its pin", "CLKO off"),
          names(
              "DEVCFG1",
              "FCKSM",
              15,
              14,
              "no clock switching, no monitor",
              "clock switching, no monitor",
              "no clock switching, fail-safe monitor",
              "clock switching, fail-safe monitor"),
          define("DEVCFG1", "WDTPS", 20, 16, v -> "watchdog 1:" + (1L << Math.min(v, 0x14))),
          flag(
              "DEVCFG1",
              "WDTSPGM",
              21,
              "watchdog runs while flash is written",
              "watchdog stops while flash is written"),
          flag("DEVCFG1", "WINDIS", 22, "watchdog window", "no watchdog window"),
          flag("DEVCFG1", "FWDTEN", 23, "watchdog by software", "watchdog always on"),
          names(
              "DEVCFG1",
              "FWDTWINSZ",
              25,
              24,
              "window 75 %",
              "window 50 %",
              "window 37.5 %",
              "window 25 %"),
          define("DEVCFG1", "DMTCNT", 30, 26, v -> "deadman timer 2^" + (v + 8)),
          flag("DEVCFG1", "FDMTEN", 31, "deadman timer by software", "deadman timer always on"));

  private static final List<Definition> DEVCFG0 =
      List.of(
          names("DEVCFG0", "DEBUG", 1, 0, "debug on", "debug on", "debug on", "debug off"),
          flag("DEVCFG0", "JTAGEN", 2, "JTAG off", "JTAG on"),
          names("DEVCFG0", "ICESEL", 4, 3, "reserved", "reserved", "PGC2/PGD2", "PGC1/PGD1"),
          flag("DEVCFG0", "TRCEN", 5, "trace off", "trace on"),
          flag("DEVCFG0", "BOOTISA", 6, "starts in microMIPS", "starts in MIPS32"),
          names(
              "DEVCFG0",
              "FECCCON",
              9,
              8,
              "ECC on, locked",
              "dynamic ECC, locked",
              "ECC off, locked",
              "ECC off, unlocked"),
          flag(
              "DEVCFG0",
              "FSLEEP",
              10,
              "flash stays powered in sleep",
              "flash sleeps as VREGS says"),
          define(
              "DEVCFG0", "DBGPER", 14, 12, v -> "debugger's groups " + Integer.toBinaryString(v)),
          flag("DEVCFG0", "SMCLR", 15, "MCLR is a power-on reset", "MCLR is a normal reset"),
          define("DEVCFG0", "SOSCGAIN", 17, 16, v -> "gain " + v),
          flag("DEVCFG0", "SOSCBOOST", 18, "normal start", "boosted start"),
          define("DEVCFG0", "POSCGAIN", 20, 19, v -> "gain " + v),
          flag("DEVCFG0", "POSCBOOST", 21, "normal start", "boosted start"),
          flag("DEVCFG0", "EJTAGBEN", 30, "reduced EJTAG", "normal EJTAG"));

  private static final List<Definition> DEVCP0 =
      List.of(flag("DEVCP0", "CP", 28, "code protected", "not code protected"));

  /** All fields of all words. */
  static List<DevCfgField> decode(DevCfg words) {
    List<DevCfgField> fields = new ArrayList<>();
    DEVCFG3.forEach(d -> fields.add(d.of(words.devcfg3())));
    DEVCFG2.forEach(d -> fields.add(d.of(words.devcfg2())));
    DEVCFG1.forEach(d -> fields.add(d.of(words.devcfg1())));
    DEVCFG0.forEach(d -> fields.add(d.of(words.devcfg0())));
    DEVCP0.forEach(d -> fields.add(d.of(words.devcp0())));
    return fields;
  }

  private static String deadmanWindow(int value) {
    return value == 0 ? "deadman window at 0" : "deadman window at 1-1/" + (1 << value);
  }

  private static Definition define(
      String word, String name, int high, int low, IntFunction<String> meaning) {
    return new Definition(word, name, high, low, meaning);
  }

  private static Definition flag(String word, String name, int bit, String clear, String set) {
    return define(word, name, bit, bit, v -> v == 0 ? clear : set);
  }

  private static Definition names(String word, String name, int high, int low, String... names) {
    return define(word, name, high, low, v -> v < names.length ? names[v] : "reserved");
  }
}
