package org.vzrig.hypervisor.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one {@code .device} block, in the library or in a guest's block. */
final class DeviceParser {
  /** The emulators that exist, in tinyVP and here. */
  private static final Set<String> EMULATORS = Set.of("console", "ic_emulator", "interrupt");

  private static final int LAST_IRQ = 213;
  private final Problems problems;
  private final Where opened;
  private final Map<String, Lines.Line> values = new HashMap<>();
  private List<Region> regions = List.of();

  private DeviceParser(Problems problems, Where opened) {
    this.problems = problems;
    this.opened = opened;
  }

  /** Reads a block whose opening line was the last one read. */
  static Device parse(Lines lines, Where opened, Problems problems) {
    DeviceParser parser = new DeviceParser(problems, opened);
    parser.readBlock(lines);
    return parser.device();
  }

  private void readBlock(Lines lines) {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.closes()) {
        return;
      }
      if (line.opensVm() || line.text().equals(".device")) {
        problems.error(
            line.where(),
            "'%s' inside '.device' of line %d: its closing '.' is missing"
                .formatted(line.text(), opened.line()));
        lines.back();
        return;
      }
      readLine(lines, line);
    }
    problems.warn(opened, "'.device' has no closing '.' before the end of the file");
  }

  private void readLine(Lines lines, Lines.Line line) {
    if (!line.assigns()) {
      problems.warn(
          line.where(), "expected 'key = value' in .device; ignored: '" + line.text() + "'");
      return;
    }
    String key = line.key().equals("registers") ? "regs" : line.key();
    Lines.Line earlier = values.put(key, line);
    if (earlier != null) {
      problems.warn(
          line.where(),
          "%s: replaces the value of line %d".formatted(line.key(), earlier.where().line()));
    }
    if (key.equals("regs")) {
      List<Region> read = new ArrayList<>();
      new RegionParser(problems).read(lines, line, Region.Kind.FIXED, "rwd", false, read);
      regions = List.copyOf(read);
    } else if (!known(key)) {
      problems.warn(line.where(), "unknown device key '" + key + "' has no effect");
    }
  }

  private static boolean known(String key) {
    return Set.of("name", "irq", "share", "emulator", "dma-cfgpg-position", "dma-set").contains(key)
        || key.matches("pmd[1-7]");
  }

  private Device device() {
    Lines.Line name = values.get("name");
    return new Device(
        opened,
        name == null ? "" : name.value(),
        regions,
        irqs(),
        values.containsKey("share"),
        emulator(),
        number("dma-cfgpg-position", 30),
        number("dma-set", 31),
        pmdBits());
  }

  private @Nullable String emulator() {
    Lines.Line line = values.get("emulator");
    if (line == null) {
      return null;
    }
    if (!EMULATORS.contains(line.value())) {
      problems.error(
          line.where(),
          "emulator: expected console, ic_emulator or interrupt, found '" + line.value() + "'");
    }
    return line.value();
  }

  private List<Device.Irq> irqs() {
    Lines.Line line = values.get("irq");
    List<Device.Irq> irqs = new ArrayList<>();
    if (line != null) {
      for (String word : line.words()) {
        int irq = Numbers.decimal("irq", word, 0, LAST_IRQ, line.where(), problems);
        if (irq >= 0) {
          irqs.add(new Device.Irq(line.where(), irq));
        }
      }
    }
    return List.copyOf(irqs);
  }

  private OptionalInt number(String key, int high) {
    Lines.Line line = values.get(key);
    if (line == null) {
      return OptionalInt.empty();
    }
    int value = Numbers.decimal(key, line.value(), 0, high, line.where(), problems);
    return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private Map<Integer, Integer> pmdBits() {
    Map<Integer, Integer> bits = new HashMap<>();
    for (int n = 1; n <= 7; n++) {
      Lines.Line line = values.get("pmd" + n);
      if (line != null) {
        OptionalLong bit = Numbers.word("pmd" + n, line.value(), line.where(), problems);
        if (bit.isPresent() && bit.getAsLong() < 32) {
          bits.put(n, (int) bit.getAsLong());
        } else if (bit.isPresent()) {
          problems.error(
              line.where(),
              "pmd%d: expected a bit from 0 to 31, found %s".formatted(n, line.value()));
        }
      }
    }
    return Map.copyOf(bits);
  }
}
