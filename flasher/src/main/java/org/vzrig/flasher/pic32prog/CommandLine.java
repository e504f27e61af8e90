package org.vzrig.flasher.pic32prog;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/** pic32prog's options: getopt style, in any order, short ones bundled. */
final class CommandLine {
  private static final String FLAGS = "vDhrpeCVWS";
  private static final String VALUED = "dbBis";
  private static final List<String> LONG =
      List.of("help", "warranty", "copying", "version", "skip-verify");
  private static final List<Integer> SPEEDS =
      List.of(
          75, 110, 134, 150, 200, 300, 600, 1200, 1800, 2400, 4800, 9600, 19_200, 38_400, 57_600,
          115_200, 230_400, 460_800, 500_000, 576_000, 921_600, 1_000_000, 1_152_000, 1_500_000,
          2_000_000, 2_500_000, 3_000_000, 3_500_000, 4_000_000);

  boolean verifyOnly;
  boolean read;
  boolean erase;
  boolean powerOn;
  boolean skipVerify;
  boolean help;
  boolean version;
  boolean copying;
  int debug;
  String device = "";
  int baud = 115_200;
  int alternateBaud;
  String wire = "";
  int speedKhz;
  final List<String> files = new ArrayList<>();

  private CommandLine() {}

  /**
   * Parses the arguments.
   *
   * @throws FlashException with reason USAGE if an option is unknown or a value impossible
   */
  static CommandLine parse(String... arguments) throws FlashException {
    CommandLine line = new CommandLine();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals("--")) {
        line.files.addAll(List.of(arguments).subList(i + 1, arguments.length));
        break;
      } else if (argument.startsWith("--")) {
        line.longOption(argument.substring(2));
      } else if (argument.startsWith("-") && argument.length() > 1) {
        i += line.bundle(argument, i + 1 < arguments.length ? arguments[i + 1] : null);
      } else {
        line.files.add(argument);
      }
    }
    line.check();
    return line;
  }

  private void longOption(String name) throws FlashException {
    List<String> matching = LONG.stream().filter(l -> l.startsWith(name)).toList();
    if (matching.size() != 1) {
      throw usage("unrecognized option '--" + name + "'");
    }
    if (matching.getFirst().equals("skip-verify")) {
      skipVerify = true;
    } else {
      flag(Character.toUpperCase(matching.getFirst().charAt(0)));
    }
  }

  /** One word of short options; gives 1 if it took the next word as its value. */
  private int bundle(String word, @org.jspecify.annotations.Nullable String next)
      throws FlashException {
    for (int i = 1; i < word.length(); i++) {
      char option = word.charAt(i);
      if (VALUED.indexOf(option) >= 0) {
        boolean attached = i + 1 < word.length();
        String value = attached ? word.substring(i + 1) : next;
        if (value == null) {
          throw usage("option requires an argument -- '" + option + "'");
        }
        value(option, value);
        return attached ? 0 : 1;
      }
      if (FLAGS.indexOf(option) < 0) {
        throw usage("invalid option -- '" + option + "'");
      }
      flag(option);
    }
    return 0;
  }

  private void flag(char option) {
    switch (option) {
      case 'v' -> verifyOnly = true;
      case 'D' -> debug++;
      case 'r' -> read = true;
      case 'p' -> powerOn = true;
      case 'e' -> erase = true;
      case 'S' -> skipVerify = true;
      case 'V' -> version = true;
      case 'C', 'W' -> copying = true;
      default -> help = true;
    }
  }

  private void value(char option, String value) throws FlashException {
    switch (option) {
      case 'd' -> device = value;
      case 'b' -> baud = (int) number(value);
      case 'B' -> alternateBaud = (int) number(value);
      case 's' -> speedKhz = (int) number(value);
      default -> wire = wire(value);
    }
  }

  private static String wire(String value) throws FlashException {
    return switch (value) {
      case "jtag", "JTAG" -> "jtag";
      case "icsp", "ICSP" -> "icsp";
      default ->
          throw usage("Unknown interface \"%s\" specified: expected jtag or icsp".formatted(value));
    };
  }

  /**
   * A number as C's strtoul reads it with base 0: 0x, 0 or decimal, and whatever follows ignored.
   */
  static long number(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    int radix = hex ? 16 : text.startsWith("0") ? 8 : 10;
    int at = hex ? 2 : 0;
    long value = 0;
    for (; at < text.length() && Character.digit(text.charAt(at), radix) >= 0; at++) {
      value = value * radix + Character.digit(text.charAt(at), radix) & 0xFFFF_FFFFL;
    }
    return value;
  }

  private void check() throws FlashException {
    if (alternateBaud == 0) {
      alternateBaud = baud;
    }
    boolean ascii = device.regionMatches(true, 0, "ascii:", 0, 6);
    if (!ascii && (!SPEEDS.contains(baud) || !SPEEDS.contains(alternateBaud))) {
      throw usage("Unknown baud " + (SPEEDS.contains(baud) ? alternateBaud : baud));
    }
    boolean counted = read ? files.size() == 3 : files.size() <= 1;
    if (!counted) {
      throw usage(
          read
              ? "-r: expected file, address and length, found %d arguments".formatted(files.size())
              : "expected one file, found %d".formatted(files.size()));
    }
  }

  private static FlashException usage(String message) {
    return new FlashException(Reason.USAGE, message);
  }
}
