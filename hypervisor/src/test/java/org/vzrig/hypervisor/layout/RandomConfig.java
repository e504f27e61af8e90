package org.vzrig.hypervisor.layout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.vzrig.hypervisor.config.ConfigReader;
import org.vzrig.hypervisor.config.Problems;

/** Random configurations: mostly sensible, now and then in conflict with themselves. */
public final class RandomConfig {
  private static final Path LIBRARY = Path.of("guests/device.lib");
  private static final List<String> SHARED =
      List.of("ic", "console", "syscontroller", "oscillator", "devcfg", "sw0", "PPS-in", "PPS-out");
  private static final int[] SIZES = {
    4, 0x10, 0x24, 0x40, 0x100, 0x1F0, 0x400, 0xFFC, 0x1000, 0x1004, 0x2000, 0x5000, 0x10000
  };
  private static final String[] FLAGS = {"rwu", "ru", "ris", "rwI", "rwsu", "rs", "rwt", "rwa"};

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomConfig(long seed) {
    random = new Random(seed);
  }

  /** Writes a configuration for this seed and lays it out. */
  public static Layout layout(long seed, Path folder, Problems problems) throws IOException {
    Files.writeString(folder.resolve("config"), new RandomConfig(seed).write());
    if (!Files.exists(folder.resolve("device.lib"))) {
      Files.copy(LIBRARY, folder.resolve("device.lib"));
    }
    return Layouts.of(ConfigReader.read(folder.resolve("config"), "wifire", problems), problems);
  }

  private String write() {
    List<Integer> ids = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7));
    Collections.shuffle(ids, random);
    ids.subList(0, 1 + random.nextInt(3)).forEach(this::vm);
    return text.toString();
  }

  private void vm(int id) {
    text.append(".vm\n id = %d\n entry = 0x9fc00000\n .mmap\n".formatted(id));
    memory("rom = 0x9fc00000", "rx");
    memory("ram = 0xa0000000", "rw");
    if (random.nextBoolean()) {
      text.append("  code = 0x1fc20000 0x%x rxs\n".formatted(0x1000 * (1 + random.nextInt(20))));
    }
    fixed();
    text.append(" .\n");
    for (String device : SHARED) {
      if (random.nextInt(3) == 0) {
        text.append(" device = %s\n".formatted(device));
      }
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      registers();
    }
    text.append(".\n");
  }

  private void memory(String what, String flags) {
    if (random.nextInt(8) != 0) {
      int alignment = 0x1000 << 2 * random.nextInt(3);
      text.append(
          "  %s 0x%x %s 0x%x\n".formatted(what, 1 + random.nextInt(0x9000), flags, alignment));
    }
  }

  /** Memory that is shown at another address. */
  private void fixed() {
    for (int i = random.nextInt(3); i > 0; i--) {
      int unit = random.nextBoolean() ? 0x1000 : 0x4000;
      int va = 0x0010_0000 + unit * random.nextInt(64);
      int pa = 0x1D10_0000 + unit * random.nextInt(64);
      text.append("  rodata = 0x%x 0x%x rs 0x%x\n".formatted(va, size(), pa));
    }
  }

  private void registers() {
    int base =
        0x1F84_0000
            + 0x400 * random.nextInt(16)
            + 4 * random.nextInt(random.nextBoolean() ? 1 : 64);
    String share = random.nextInt(4) == 0 ? "" : "  share = 1\n";
    String emulated = random.nextInt(5) == 0 ? "  emulator = interrupt\n" : "";
    String flags = FLAGS[random.nextInt(FLAGS.length)];
    text.append(
        " .device\n%s%s  regs = 0x%x 0x%x %s\n .\n"
            .formatted(share, emulated, base, size(), flags));
  }

  private int size() {
    return SIZES[random.nextInt(SIZES.length)];
  }
}
