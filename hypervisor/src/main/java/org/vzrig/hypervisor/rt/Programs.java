package org.vzrig.hypervisor.rt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Origin;
import org.vzrig.boards.image.Segment;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.config.Vm;
import org.vzrig.hypervisor.config.Where;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.MappedRegion;
import org.vzrig.hypervisor.layout.VmLayout;

/** The programs of all guests and threads, where the layout puts them. */
final class Programs {
  private static final int PHYSICAL = 0x1FFFFFFF;

  /** {@code b .} and its delay slot. */
  private static final byte[] ENDLESS_LOOP = {(byte) 0xFF, (byte) 0xFF, 0, 0x10, 0, 0, 0, 0};

  private final Layout layout;
  private final Problems problems;
  private final ImageBuilder merged = new ImageBuilder();

  private Programs(Layout layout, Problems problems) {
    this.layout = layout;
    this.problems = problems;
  }

  /** One image with everything; what cannot be read or placed goes into {@code problems}. */
  static Image merge(Layout layout, Problems problems) {
    return new Programs(layout, problems).merge();
  }

  private Image merge() {
    for (VmLayout vm : layout.vms().values()) {
      GuestImage image = vm.image();
      if (image != null) {
        add(vm, image);
      }
      checkEntry(vm.vm());
    }
    try {
      return merged.build();
    } catch (ImageException e) {
      e.problems().forEach(p -> problems.error(layout.board().where(), p.toString()));
      return Image.EMPTY;
    }
  }

  private void checkEntry(Vm vm) {
    if (vm.entry().address().isPresent()) {
      return;
    }
    if (vm.entry().text().equals(Threads.LOOP)) {
      Origin origin = new Origin(Threads.LOOP, 0);
      merged.add(Threads.loopAddress(layout) & PHYSICAL, ENDLESS_LOOP, origin);
    } else {
      problems.error(
          vm.entry().where(),
          "entry: expected an address or \"%s\", found %s"
              .formatted(Threads.LOOP, vm.entry().text()));
    }
  }

  private void add(VmLayout vm, GuestImage image) {
    try {
      for (Segment segment : read(vm, image).segments()) {
        add(vm, image, segment);
      }
    } catch (ImageException e) {
      e.problems().forEach(p -> problems.error(image.where(), p.toString()));
    }
  }

  /** A file without a format of its own begins where the guest's flash begins. */
  private static Image read(VmLayout vm, GuestImage image) throws ImageException {
    if (!image.path().toString().endsWith(".bin")) {
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
      outside(image.where(), vm, segment);
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

  private void outside(Where where, VmLayout vm, Segment segment) {
    problems.error(
        where,
        "%s: %08x+%x lies in none of the memories of VM %d"
            .formatted(segment.origin(), segment.address(), segment.data().length, vm.id()));
  }
}
