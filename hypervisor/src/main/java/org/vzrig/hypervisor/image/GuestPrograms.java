package org.vzrig.hypervisor.image;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Segment;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.MappedRegion;
import org.vzrig.hypervisor.layout.VmLayout;

/** Reads the programs of guests and threads and moves them to where the layout has their memory. */
public final class GuestPrograms {
  private static final int PHYSICAL = 0x1FFF_FFFF;
  private final Problems problems;
  private final ImageBuilder merged;

  private GuestPrograms(ImageBuilder merged, Problems problems) {
    this.merged = merged;
    this.problems = problems;
  }

  /** Adds all programs; what cannot be read or placed goes into {@code problems}. */
  public static void add(Layout layout, ImageBuilder merged, Problems problems) {
    GuestPrograms programs = new GuestPrograms(merged, problems);
    for (VmLayout vm : layout.vms().values()) {
      GuestImage image = vm.image();
      if (image != null) {
        programs.add(vm, image);
      }
    }
  }

  private void add(VmLayout vm, GuestImage image) {
    try {
      for (Segment segment : read(vm, image).pieces()) {
        add(vm, image, segment);
      }
    } catch (ImageException e) {
      e.problems().forEach(p -> problems.error(image.where(), p.toString()));
    }
  }

  /**
   * The file as it stands. One whose ending names no format with addresses begins where the guest's
   * flash begins.
   */
  static Image read(VmLayout vm, GuestImage image) throws ImageException {
    Optional<ImageFormat> format = ImageFormat.ofName(image.path().toString());
    if (image.elf() || format.isPresent() && format.get() != ImageFormat.BINARY) {
      return ImageReader.read(image.path());
    }
    int start =
        vm.regions().stream()
            .filter(r -> r.kind() == Region.Kind.ROM)
            .findFirst()
            .map(r -> (int) r.va() & PHYSICAL)
            .orElse(0);
    return ImageReader.readBinary(image.path(), start);
  }

  private void add(VmLayout vm, GuestImage image, Segment segment) {
    int shifted = image.physical(segment.address());
    if (inside(vm.regions(), shifted, segment)) {
      merged.add(shifted, segment.data(), segment.origin());
      return;
    }
    MappedRegion region = holder(vm.regions(), segment);
    if (region != null) {
      int pa = (int) (region.pa() + segment.start() - (region.va() & PHYSICAL));
      merged.add(pa, segment.data(), segment.origin());
    } else {
      problems.error(
          image.where(),
          "%s: %08x+%x lies in none of the memories of VM %d"
              .formatted(segment.origin(), segment.address(), segment.data().length, vm.id()));
    }
  }

  /** Whether the segment fits into one of the guest's memories at physical {@code pa}. */
  private static boolean inside(List<MappedRegion> regions, int pa, Segment segment) {
    long start = Integer.toUnsignedLong(pa);
    return regions.stream()
        .anyMatch(
            r ->
                r.device() == null
                    && r.pa() <= start
                    && start + segment.data().length <= r.pa() + r.size());
  }

  private static @Nullable MappedRegion holder(List<MappedRegion> regions, Segment segment) {
    return regions.stream()
        .filter(r -> r.device() == null && (r.va() & PHYSICAL) <= segment.start())
        .filter(r -> segment.end() <= (r.va() & PHYSICAL) + r.size())
        .findFirst()
        .orElse(null);
  }
}
