package org.vzrig.bench.compare;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.vzrig.bench.compare.Kernel.Kind;

/**
 * Options of {@link Compare}, each as {@code name=value}.
 *
 * @param kernels letters of the kernels to run
 * @param rounds how often both sides get their turn
 * @param seconds length of a turn
 * @param warmup length of the turn before the first
 * @param with what we are compared with: {@code qemu}, or {@code root}, our machine in root mode,
 *     while ours runs in guest mode under the hypervisor
 * @param engine engine of our machine
 * @param image the kernels
 * @param config the kernels as a guest
 */
record Options(
    String kernels,
    int rounds,
    double seconds,
    double warmup,
    String with,
    String engine,
    Path image,
    Path config) {
  private static final double GUEST_FLOOR = 0.9;

  /** Ports, the console and software interrupts are the hypervisor's business there. */
  private static final String IN_GUESTS = "abcdefghijkn";

  static Options parse(String[] args) {
    Map<String, String> given = new HashMap<>();
    for (String arg : args) {
      int at = arg.indexOf('=');
      if (at < 0) {
        throw new IllegalArgumentException("expected name=value, found '" + arg + "'");
      }
      given.put(arg.substring(0, at), arg.substring(at + 1));
    }
    String home = System.getProperty("vzrig.home", ".");
    Path guests = Path.of(home, "hypervisor", "guests");
    boolean guest = given.getOrDefault("with", "qemu").equals("root");
    Path image = guests.resolve("kernels/kernels.elf");
    Path config = guests.resolve("kernels.config");
    return new Options(
        given.getOrDefault("kernels", guest ? IN_GUESTS : "abcdefghijklmnop"),
        Integer.parseInt(given.getOrDefault("rounds", "5")),
        Double.parseDouble(given.getOrDefault("seconds", "1")),
        Double.parseDouble(given.getOrDefault("warmup", "4")),
        given.getOrDefault("with", "qemu"),
        given.getOrDefault("engine", "AUTO"),
        Path.of(given.getOrDefault("image", (guest ? config : image).toString())),
        image);
  }

  boolean qemu() {
    return with.equals("qemu");
  }

  double floor(Kind kind) {
    return qemu() || kind == Kind.OTHER ? kind.floor : GUEST_FLOOR;
  }

  double meanFloor() {
    return qemu() ? Kernel.INTEGER_MEAN : GUEST_FLOOR;
  }
}
