package org.vzrig.hypervisor.rt;

import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageBuilder;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Origin;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Vm;
import org.vzrig.hypervisor.image.GuestPrograms;
import org.vzrig.hypervisor.layout.Layout;
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
    GuestPrograms.add(layout, merged, problems);
    for (VmLayout vm : layout.vms().values()) {
      checkEntry(vm.vm());
      vm.vm().setup().forEach(this::checkSetup);
    }
    try {
      return merged.build();
    } catch (ImageException e) {
      e.problems().forEach(p -> problems.error(layout.board().where(), p.toString()));
      return Image.EMPTY;
    }
  }

  /** tinyVP hands a setup value to its C compiler; here it has to be a number. */
  private void checkSetup(Vm.Setup word) {
    if (word.value().isEmpty()) {
      problems.error(
          word.where(),
          "setup: expected a number for %08x, found %s".formatted(word.address(), word.text()));
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
}
