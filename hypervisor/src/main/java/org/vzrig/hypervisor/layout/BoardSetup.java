package org.vzrig.hypervisor.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.BoardFacts;
import org.vzrig.hypervisor.config.Device;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Vm;

/**
 * The words that root writes before any guest starts, in their order: the guests' own {@code setup}
 * words, the system bus permissions of the CPU (group 0) and of DMA (groups 1 and 2), the
 * initiators' groups, and the clock gates of peripherals.
 */
final class BoardSetup {
  private static final int KSEG0 = 0x8000_0000;
  private static final int TARGETS = 0xBF8F_8000;
  private static final int CFGPG = 0xBF80_00E0;
  private static final int PMD1 = 0xBF80_0040;
  private static final int BANK = 0x4_0000;

  /** SIZE field for 64 KiB, the extent of a peripheral set. */
  private static final int SET_SIZE = 0x38;

  /** System bus target and base address of the peripheral sets 2, 3 and 4. */
  private enum PeripheralSet {
    SERIAL(2, 6, 0x1F82_0000, "SPI, I2C, UART, PMP"),
    TIMERS(3, 7, 0x1F84_0000, "timers, capture, compare, ADC, comparators"),
    PORTS(4, 8, 0x1F86_0000, "ports");

    final int number;
    final int target;
    final int base;
    final String what;

    PeripheralSet(int number, int target, int base, String what) {
      this.number = number;
      this.target = target;
      this.base = base;
      this.what = what;
    }
  }

  private final List<SetupWord> words = new ArrayList<>();

  private BoardSetup() {}

  static List<SetupWord> of(BoardFacts board, List<Vm> vms, DmaPlan dma, Problems problems) {
    NavigableMap<Integer, Vm> byId = new TreeMap<>();
    vms.forEach(vm -> byId.put(vm.id(), vm));
    BoardSetup setup = new BoardSetup();
    byId.values().forEach(setup::own);
    setup.root();
    setup.zone(1, dma.zone(1));
    setup.zone(2, dma.zone(2));
    setup.sets(dma);
    setup.add(CFGPG, "CFGPG", dma.cfgpg(), "groups of the initiators");
    setup.clocks(board, byId, problems);
    return List.copyOf(setup.words);
  }

  private void own(Vm vm) {
    for (Vm.Setup word : vm.setup()) {
      OptionalInt value =
          word.value().isPresent()
              ? OptionalInt.of((int) word.value().getAsLong())
              : OptionalInt.empty();
      words.add(
          new SetupWord((int) word.address() | KSEG0, "", word.text(), value, "VM " + vm.id()));
    }
  }

  private void root() {
    region(2, 0, 0x48, 1, "RAM 0-256K, root");
    region(3, 0, BANK | 0x48, 1, "RAM 256K-512K, root");
    for (PeripheralSet set : PeripheralSet.values()) {
      region(set.target, 0, set.base | SET_SIZE, 1, set.what + ", root");
    }
  }

  /** Lets a group into its zone, and shuts the bank in which it has none. */
  private void zone(int group, @Nullable DmaZone zone) {
    if (zone == null) {
      return;
    }
    int permission = 1 | 1 << group;
    int log = 63 - Long.numberOfLeadingZeros(zone.size());
    int value = (int) zone.address() | log - 9 << 3;
    if (zone.address() < BANK) {
      region(2, group, value, permission, "DMA zone of group " + group);
      region(3, group, BANK, 1, "no DMA");
    } else {
      region(2, group, 0, 1, "no DMA");
      region(3, group, value, permission, "DMA zone of group " + group);
    }
  }

  private void sets(DmaPlan dma) {
    for (PeripheralSet set : PeripheralSet.values()) {
      Integer group = dma.sets().get(set.number);
      if (group == null) {
        region(set.target, 1, set.base, 1, set.what + ", no DMA");
      } else {
        region(set.target, 1, set.base | SET_SIZE, 1 << group | 1, set.what + ", group " + group);
      }
    }
  }

  private void region(int target, int region, int value, int permission, String comment) {
    int at = TARGETS + 0x400 * target + 0x20 * region;
    String suffix = Integer.toString(region);
    add(at + 0x40, "SBT" + target + "REG" + suffix, value, comment);
    add(at + 0x50, "SBT" + target + "RD" + suffix, permission, "");
    add(at + 0x58, "SBT" + target + "WR" + suffix, permission, "");
  }

  private void clocks(BoardFacts board, NavigableMap<Integer, Vm> vms, Problems problems) {
    List<Integer> base = board.pmdBase();
    int[] pmd = base.stream().mapToInt(Integer::intValue).toArray();
    for (Vm vm : vms.values()) {
      for (Device device : vm.devices()) {
        device
            .pmdBits()
            .forEach(
                (n, bit) -> {
                  if (n > pmd.length) {
                    problems.error(
                        device.where(),
                        "pmd%d: the board file gives no value for PMD%d (pmd-registers-base)"
                            .formatted(n, n));
                  } else {
                    pmd[n - 1] &= ~(1 << bit);
                  }
                });
      }
    }
    for (int i = 0; i < Math.min(pmd.length, 7); i++) {
      add(PMD1 + 0x10 * i, "PMD" + (i + 1), pmd[i], "clocks that stay off");
    }
  }

  private void add(int address, String name, int value, String comment) {
    words.add(
        new SetupWord(address, name, "0x%08x".formatted(value), OptionalInt.of(value), comment));
  }
}
