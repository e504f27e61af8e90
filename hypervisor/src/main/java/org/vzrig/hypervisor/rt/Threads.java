package org.vzrig.hypervisor.rt;

import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import org.vzrig.hypervisor.config.Vm;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.VmLayout;
import org.vzrig.hypervisor.layout.VmMap;
import org.vzrig.hypervisor.rt.device.VirtualIc;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** Makes thread blocks from a layout. */
final class Threads {
  /** The entry of a thread that does nothing: an endless loop of root's. */
  static final String LOOP = "loop";

  private static final int LOOP_OFFSET = 0x400;

  private Threads() {}

  static VmThread root() {
    return new VmThread(
        VmThread.Setup.ROOT, new VirtualIc(Set.of(), Set.of()), new VmMap(List.of()));
  }

  /** Where the endless loop lies, in root's own flash. */
  static int loopAddress(Layout layout) {
    return (int) layout.board().vzcode() + LOOP_OFFSET;
  }

  static VmThread of(VmLayout vm, int loop) {
    NavigableSet<Integer> emulated = vm.irqs().emulated().navigableKeySet();
    VirtualIc ic = new VirtualIc(vm.irqs().owned(), emulated);
    return new VmThread(setup(vm, loop), ic, vm.map());
  }

  private static VmThread.Setup setup(VmLayout layout, int loop) {
    Vm vm = layout.vm();
    return new VmThread.Setup(
        layout.id(),
        layout.guest(),
        entry(vm.entry(), loop),
        vm.shadowSet(),
        vm.userMode(),
        stack(vm),
        vm.irqPolling());
  }

  private static int entry(Vm.Entry entry, int loop) {
    return (int) entry.address().orElse(loop);
  }

  private static int stack(Vm vm) {
    Vm.Stack stack = vm.stack();
    return stack == null ? 0 : (int) stack.sp();
  }
}
