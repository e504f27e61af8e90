package org.vzrig.hypervisor.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.config.Vm;

/**
 * A guest or thread, placed.
 *
 * @param vm what the configuration says of it
 * @param image its program and where it goes, or null
 * @param regions memory first, then device registers, after placement
 * @param map what it may reach
 * @param irqs its interrupts
 * @param dma what its DMA may reach, or null
 * @param options tinyVP's option word: shadow set, guest id, user mode, polling
 */
public record VmLayout(
    Vm vm,
    @Nullable GuestImage image,
    List<MappedRegion> regions,
    VmMap map,
    IrqSet irqs,
    @Nullable DmaZone dma,
    int options) {
  /** The number, also the guest's GuestID. */
  public int id() {
    return vm.id();
  }

  /** Whether this is a virtual machine and not a thread of root. */
  public boolean guest() {
    return vm.kind() == Vm.Kind.GUEST;
  }
}
