package org.vzrig.hypervisor.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.BoardFacts;
import org.vzrig.hypervisor.config.Device;
import org.vzrig.hypervisor.config.ImageFile;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.config.Vm;

/**
 * Gives physical addresses to the regions that have none. Each pool is handed out upwards, guest
 * after guest in the order of the configuration's list.
 */
final class Placement {
  private static final long PAGE = 4096;
  private static final long PHYSICAL = 0x1FFF_FFFF;
  private final Problems problems;
  private final BoardFacts board;
  private long rom;
  private long ram;

  Placement(BoardFacts board, Problems problems) {
    this.board = board;
    this.problems = problems;
    this.rom = board.rom().start();
    this.ram = board.ram().start();
  }

  /** All regions of a guest: memory first, then device registers. */
  List<MappedRegion> place(Vm vm) {
    List<MappedRegion> placed = new ArrayList<>();
    for (Region region : effective(vm)) {
      MappedRegion mapped = region.kind() == Region.Kind.FIXED ? fixed(region) : pooled(vm, region);
      if (mapped != null) {
        placed.add(mapped);
      }
    }
    vm.devices().forEach(device -> registers(device, placed));
    return List.copyOf(placed);
  }

  /** Fixed regions, and the last of the flash and RAM regions: a later one replaces the earlier. */
  private List<Region> effective(Vm vm) {
    List<Region> effective = new ArrayList<>();
    vm.regions().stream().filter(r -> r.kind() == Region.Kind.FIXED).forEach(effective::add);
    for (Region.Kind kind : List.of(Region.Kind.ROM, Region.Kind.RAM)) {
      Region last = null;
      for (Region region : vm.regions()) {
        if (region.kind() == kind) {
          if (last != null) {
            problems.warn(
                region.where(),
                "multiple %s definitions in VM %d: this one replaces that of %s"
                    .formatted(kind, vm.id(), last.where()));
          }
          last = region;
        }
      }
      if (last != null) {
        effective.add(last);
      }
    }
    return effective;
  }

  private static MappedRegion fixed(Region region) {
    return new MappedRegion(
        region.where(),
        region.kind(),
        region.va(),
        region.size(),
        region.flags(),
        region.pa(),
        null,
        null);
  }

  private @Nullable MappedRegion pooled(Vm vm, Region region) {
    boolean flash = region.kind() == Region.Kind.ROM;
    long va = vm.kind() == Vm.Kind.GUEST ? region.va() & PHYSICAL : region.va();
    long size = region.size() + PAGE - 1 & -PAGE;
    long start = align(region, flash ? rom : ram);
    BoardFacts.Pool pool = flash ? board.rom() : board.ram();
    if (start < 0) {
      return null;
    }
    if (start + size >= pool.end()) {
      problems.error(
          region.where(),
          "%s space is exhausted: %x bytes from %08x do not fit below %08x (%s pool %08x to %08x)"
              .formatted(
                  region.kind(), size, start, pool.end(), board.name(), pool.start(), pool.end()));
      return null;
    }
    if (flash) {
      rom = start + size;
    } else {
      ram = start + size;
    }
    return new MappedRegion(
        region.where(), region.kind(), va, size, region.flags(), start, null, null);
  }

  /** The next free address with the region's alignment, or -1 after an error. */
  private long align(Region region, long free) {
    long alignment = region.alignment();
    if (alignment == 0 && (free == 0 || region.size() == 0)) {
      problems.warn(region.where(), "no alignment given; write 0x1000 as fourth field");
      return free;
    }
    if (alignment == 0 || (alignment & alignment - 1) != 0) {
      problems.error(
          region.where(),
          "expected a power of two as alignment (fourth field; the address stands in when it is"
              + " missing), found %x".formatted(alignment));
      return -1;
    }
    return free + alignment - 1 & -alignment;
  }

  private void registers(Device device, List<MappedRegion> placed) {
    for (Region region : device.regions()) {
      if (device.emulator() == null && region.flags().has('e')) {
        problems.error(
            region.where(),
            "device '%s' has no emulator, but its registers at %08x ask for emulation (flag e)"
                .formatted(device.name(), region.va()));
      }
      placed.add(
          new MappedRegion(
              region.where(),
              region.kind(),
              region.va(),
              region.size(),
              device.shared() ? region.flags().with('s') : region.flags(),
              region.pa(),
              device.name(),
              device.emulator()));
    }
  }

  /**
   * How far the program moves: as far as the last memory region that cannot be written, the placed
   * flash region when there is one.
   */
  @Nullable GuestImage image(Vm vm, List<MappedRegion> regions) {
    ImageFile file = vm.image();
    if (file == null) {
      return null;
    }
    MappedRegion code = null;
    for (MappedRegion region : regions) {
      boolean memory = region.device() == null;
      boolean readOnly = region.kind() == Region.Kind.ROM || !region.flags().has('w');
      if (memory && region.kind() != Region.Kind.RAM && readOnly) {
        code = region;
      }
    }
    if (code == null && file.fixedOffset().isEmpty() && !problems.hasErrors()) {
      problems.warn(
          file.where(),
          "VM %d has no read-only memory; its image stays where it is".formatted(vm.id()));
    }
    int offset = code == null ? 0 : (int) code.offset();
    return new GuestImage(file.where(), file.path(), file.elf(), file.fixedOffset().orElse(offset));
  }
}
