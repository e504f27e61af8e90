package org.vzrig.hypervisor.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.vzrig.hypervisor.config.Device;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Vm;

/** Hands out interrupts: to a guest when its device is real, to an emulator when it is not. */
final class IrqPlan {
  /** What tinyVP calls the service that gives every guest its core timer interrupt. */
  static final String TIMER = "insert_timer";

  private IrqPlan() {}

  /** The interrupts of one guest. */
  static IrqSet of(Vm vm, Problems problems) {
    NavigableSet<Integer> owned = new TreeSet<>();
    NavigableMap<Integer, String> emulated = new TreeMap<>();
    for (Device device : vm.devices()) {
      for (Device.Irq irq : device.irqs()) {
        if (device.emulator() != null) {
          emulated.put(irq.number(), device.emulator());
        } else if (irq.number() == 0) {
          problems.error(
              irq.where(), "irq: 0 is the core timer, which every guest has through root");
        } else {
          owned.add(irq.number());
        }
      }
    }
    emulated.put(0, TIMER);
    return new IrqSet(
        Collections.unmodifiableNavigableSet(owned),
        Collections.unmodifiableNavigableMap(emulated));
  }

  /** The tables over all guests; the first in the list's order gets what several claim. */
  static IrqTable table(List<Vm> vms, Map<Integer, IrqSet> sets) {
    List<Integer> owner = new ArrayList<>();
    List<String> emulator = new ArrayList<>();
    for (int irq = 0; irq < IrqTable.SIZE; irq++) {
      owner.add(0);
      emulator.add("");
      for (Vm vm : vms) {
        IrqSet set = sets.getOrDefault(vm.id(), new IrqSet(new TreeSet<>(), new TreeMap<>()));
        if (owner.get(irq) == 0 && set.owned().contains(irq)) {
          owner.set(irq, vm.id());
        }
        String name = irq == 0 ? "" : set.emulated().getOrDefault(irq, "");
        if (emulator.get(irq).isEmpty()) {
          emulator.set(irq, name);
        }
      }
    }
    return new IrqTable(List.copyOf(owner), List.copyOf(emulator));
  }

  /** Two guests may both have an interrupt only when one of the devices is shared. */
  static void check(List<Vm> vms, Problems problems) {
    Map<Integer, List<Claim>> claims = new HashMap<>();
    for (Vm vm : vms) {
      for (Device device : vm.devices()) {
        if (!device.shared()) {
          for (Device.Irq irq : device.irqs()) {
            claims
                .computeIfAbsent(irq.number(), n -> new ArrayList<>())
                .add(new Claim(vm.id(), device));
          }
        }
      }
    }
    claims.forEach((irq, list) -> checkOne(irq, list, problems));
  }

  private record Claim(int vm, Device device) {}

  private static void checkOne(int irq, List<Claim> claims, Problems problems) {
    Claim first = claims.getFirst();
    for (Claim claim : claims) {
      if (claim.vm() != first.vm()) {
        problems.error(
            claim.device().where(),
            "non-shared irq %d of device '%s' is used twice: VM %d has it from %s"
                .formatted(irq, claim.device().name(), first.vm(), first.device().where()));
      }
    }
  }
}
