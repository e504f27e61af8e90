package org.vzrig.hypervisor.layout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Device;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.config.Vm;

/**
 * Gives guests with DMA devices a permission group of the system bus. The chip has groups for two
 * such guests.
 *
 * @param zones zones by VM id
 * @param sets group that may reach a peripheral set, by the set's number
 */
record DmaPlan(NavigableMap<Integer, DmaZone> zones, Map<Integer, Integer> sets) {
  private static final int GROUPS = 2;
  private static final long BANK = 0x4_0000;
  private static final long RAM_END = 0x8_0000;

  /** Plans for guests in any order; groups are counted by rising id. */
  static DmaPlan of(List<Vm> vms, Problems problems) {
    checkSets(vms, problems);
    DmaPlan plan = new DmaPlan(new TreeMap<>(), new HashMap<>());
    NavigableMap<Integer, Vm> byId = new TreeMap<>();
    vms.forEach(vm -> byId.put(vm.id(), vm));
    int users = 0;
    for (Vm vm : byId.values()) {
      if (usesDma(vm)) {
        users++;
        if (users > GROUPS) {
          problems.error(
              vm.where(),
              "VM %d is the third with DMA devices (dma-cfgpg-position); the chip can tell two apart"
                  .formatted(vm.id()));
        }
      }
      plan.add(vm, problems);
    }
    return plan;
  }

  private static boolean usesDma(Vm vm) {
    return vm.devices().stream().anyMatch(device -> device.cfgpgPosition().isPresent());
  }

  private static void checkSets(List<Vm> vms, Problems problems) {
    Map<Integer, Vm> users = new HashMap<>();
    for (Vm vm : vms) {
      for (Device device : vm.devices()) {
        if (vm.dma() != null && device.dmaSet().isPresent()) {
          int set = device.dmaSet().getAsInt();
          Vm earlier = users.putIfAbsent(set, vm);
          if (earlier != null && earlier.id() != vm.id()) {
            problems.error(
                device.where(),
                "dma-set %d of device '%s' is used by VM %d already; one set cannot serve the DMA of"
                        .formatted(set, device.name(), earlier.id())
                    + " two VMs");
          }
        }
      }
    }
  }

  private void add(Vm vm, Problems problems) {
    Region region = vm.dma();
    if (region == null) {
      if (usesDma(vm)) {
        problems.warn(vm.where(), "VM %d has DMA devices but no 'dma =' zone".formatted(vm.id()));
      }
      return;
    }
    if (!usesDma(vm)) {
      problems.warn(
          region.where(),
          "dma: VM %d has no DMA device (dma-cfgpg-position); the zone is plain memory"
              .formatted(vm.id()));
      return;
    }
    check(region, problems);
    int group = zones.size() + 1;
    int cfgpg = 0;
    for (Device device : vm.devices()) {
      cfgpg |= device.cfgpgPosition().isPresent() ? group << device.cfgpgPosition().getAsInt() : 0;
      device.dmaSet().ifPresent(set -> sets.put(set, group));
    }
    zones.put(vm.id(), new DmaZone(group, region.va(), region.size(), cfgpg));
  }

  private static void check(Region region, Problems problems) {
    long end = region.va() + region.size();
    if (region.size() < 1024 || end > RAM_END) {
      problems.error(
          region.where(),
          "dma: expected 1 KiB or more of the RAM 0 to 7ffff, found %x bytes from %08x"
              .formatted(region.size(), region.va()));
      return;
    }
    if (Long.bitCount(region.size()) != 1) {
      problems.warn(
          region.where(),
          "dma: size %x is no power of two; DMA is limited to the first %x bytes"
              .formatted(region.size(), Long.highestOneBit(region.size())));
    }
    if (region.va() % Long.highestOneBit(region.size()) != 0) {
      problems.warn(
          region.where(),
          "dma: address %08x is no multiple of the size; the protection may start lower"
              .formatted(region.va()));
    }
    if (region.va() < BANK && end > BANK) {
      problems.warn(
          region.where(), "dma: the zone crosses 40000; DMA behind the border is refused");
    }
  }

  /** The zone of a group, or null. */
  @Nullable DmaZone zone(int group) {
    return zones.values().stream().filter(zone -> zone.group() == group).findFirst().orElse(null);
  }

  /** What the initiators' group register gets. */
  int cfgpg() {
    return zones.values().stream().mapToInt(DmaZone::cfgpg).reduce(0, (a, b) -> a | b);
  }
}
