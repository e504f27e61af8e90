package org.vzrig.hypervisor.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.hypervisor.config.Flags;
import org.vzrig.hypervisor.config.Problems;

/** What must hold for every configuration that is accepted. */
class RandomLayoutTest {
  private static final int RUNS = 400;
  private static final int ENOUGH = 120;

  @TempDir Path folder;

  @Test
  void everyAllowedAddressLeadsToItsPlaceAndNoOtherDoes() throws IOException {
    int accepted = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      Problems problems = new Problems();
      Layout layout = RandomConfig.layout(seed, folder, problems);
      if (!problems.hasErrors()) {
        accepted++;
        for (VmLayout vm : layout.vms().values()) {
          checkShape(vm.map().pairs(), seed);
          checkAddresses(vm, seed);
        }
        checkSharing(layout, seed);
      }
    }
    assertTrue(accepted >= ENOUGH, "accepted " + accepted);
    assertTrue(accepted <= RUNS - 20, "accepted " + accepted);
  }

  /** Pairs are aligned, in order and apart; halves suit their page size. */
  private static void checkShape(List<PagePair> pairs, long seed) {
    long end = 0;
    for (PagePair pair : pairs) {
      long va = Integer.toUnsignedLong(pair.va());
      assertTrue(va >= end, () -> "seed " + seed + ": " + pair + " overlaps");
      end = va + 2L * pair.pageSize();
      assertEquals(0, va % (2L * pair.pageSize()), () -> "seed " + seed + ": " + pair);
      for (Half half : new @Nullable Half[] {pair.even(), pair.odd()}) {
        assertTrue(half == null || half.pa() % pair.pageSize() == 0, () -> "seed " + seed + pair);
      }
      assertTrue(pair.even() != null || pair.odd() != null, () -> "seed " + seed + ": " + pair);
    }
  }

  private static void checkAddresses(VmLayout vm, long seed) {
    Random random = new Random(seed);
    for (int address : probes(vm.regions(), random)) {
      MappedRegion region = region(vm.regions(), address);
      Integer expected = region == null ? null : (int) (address + region.offset());
      assertEquals(
          expected,
          vm.map().physical(address),
          () -> "seed %d VM %d address %08x".formatted(seed, vm.id(), address));
      if (region != null) {
        checkTreatment(vm, region, address, seed);
      }
    }
  }

  private static void checkTreatment(VmLayout vm, MappedRegion region, int address, long seed) {
    PagePair pair = vm.map().find(address);
    assertNotNull(pair);
    Half half = pair.half(address);
    assertNotNull(half);
    String message = "seed %d VM %d address %08x".formatted(seed, vm.id(), address);
    int trap = 2;
    assertEquals(region.flags().entryLoBits() | trap, half.flags().entryLoBits() | trap, message);
    assertEquals(region.emulator(), pair.emulator(), message);
    assertTrue(half.flags().trapped() || pair.hardware() && !region.flags().trapped(), message);
  }

  /** Addresses around every border that a region or the blocks around it have. */
  static Set<Integer> probes(List<MappedRegion> regions, Random random) {
    Set<Integer> probes = new HashSet<>(Set.of(0, 4, -4, 0x1F80_0000));
    for (MappedRegion region : regions) {
      for (long border : new long[] {region.va(), region.end()}) {
        for (int size = 4; size <= 0x10000; size *= 4) {
          for (int step = -2; step <= 2; step++) {
            probes.add((int) ((border & -size) + (long) step * size));
            probes.add((int) ((border & -size) + (long) step * size - 1));
          }
        }
      }
      for (int i = 0; i < 20 && region.size() > 0; i++) {
        probes.add((int) (region.va() + random.nextLong(region.size())));
      }
    }
    return probes;
  }

  private static @Nullable MappedRegion region(List<MappedRegion> regions, int address) {
    long at = Integer.toUnsignedLong(address);
    return regions.stream()
        .filter(r -> r.size() > 0 && at >= r.va() && at < r.va() + (r.size() + 3 & -4))
        .findFirst()
        .orElse(null);
  }

  /** No two guests reach the same byte unless both share it or only one can change it. */
  private static void checkSharing(Layout layout, long seed) {
    Map<Integer, Flags> seen = new HashMap<>();
    Map<Integer, Integer> owner = new HashMap<>();
    for (VmLayout vm : layout.vms().values()) {
      for (MappedRegion region : vm.regions()) {
        for (long at = region.va(); at < region.end(); at += 4) {
          Integer physical = vm.map().physical((int) at);
          assertNotNull(physical);
          Flags other = seen.put(physical, region.flags());
          Integer other_vm = owner.put(physical, vm.id());
          if (other != null && other_vm != null && other_vm != vm.id()) {
            boolean writers = other.has('w') || region.flags().has('w');
            boolean shared = other.shared() || region.flags().shared();
            assertTrue(!writers || shared, () -> "seed %d: %08x".formatted(seed, physical));
          }
        }
      }
    }
    assertNotEquals(0, layout.vms().size());
  }
}
