package org.vzrig.hypervisor.generate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.vzrig.hypervisor.layout.IrqSet;
import org.vzrig.hypervisor.layout.IrqTable;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.VmLayout;

/** Writes ic-tables.c: which bits of the interrupt controller belong to whom. */
final class InterruptSource {
  private static final int MASK_WORDS = 70;
  private final StringBuilder out = new StringBuilder();
  private final Layout layout;
  private final Labels labels;

  private final Release release;

  private InterruptSource(Layout layout, Labels labels, Release release) {
    this.release = release;
    this.layout = layout;
    this.labels = labels;
  }

  static String of(Layout layout, Labels labels, Release release) {
    return new InterruptSource(layout, labels, release).write();
  }

  private String write() {
    out.append(release.include());
    out.append("#include \"ic.h\"\n#include \"tlb.h\"\n#include \"irq.h\"\n\n");
    for (String emulator : emulators()) {
      out.append("emulator_irq const %s_irq;\n".formatted(emulator));
      out.append("emulator_ic_write const %s_ic;\n".formatted(emulator));
    }
    out.append("void insert_timer_IRQ(struct exception_frame *exfr);\n");
    Map<Integer, String> owned = new TreeMap<>();
    Map<Integer, String> emulated = new TreeMap<>();
    for (VmLayout vm : layout.vms().values()) {
      IrqSet irqs = vm.irqs();
      owned.put(vm.id(), masks(vm.id(), irqs.ownedMask(), irqs.ownedPriorityMask()));
      emulated.put(vm.id(), masks(vm.id(), irqs.emulatedMask(), irqs.emulatedPriorityMask()));
    }
    index("vm_ic_masks", owned);
    index("vm_ic_emulators", emulated);
    IrqTable table = layout.irqs();
    byIrq("unsigned char const irq2vm", 16, irq -> table.owner().get(irq).toString());
    byIrq("emulator_irq * const irq2emulator", 4, irq -> emulator(irq, "_irq"));
    byIrq(
        "emulator_ic_write * const irq2emulator_ic_write",
        4,
        irq -> irq == 0 ? "(emulator_ic_write *)&insert_timer_IRQ" : emulator(irq, "_ic"));
    if (release == Release.V0_98) {
      bySlot("vm_list", vm -> vm.vm().entry().text());
      bySlot("vm_options", vm -> vm.vm().irqPolling() ? "1" : "0");
    }
    return out.toString();
  }

  private void bySlot(String name, Function<VmLayout, String> value) {
    int entries = release.entries(layout.maxThread());
    out.append("\nint const %s[%d] = {".formatted(name, entries));
    for (int id = 0; id < entries; id++) {
      VmLayout vm = layout.vms().get(id);
      out.append(' ').append(vm == null ? "0" : value.apply(vm)).append(',');
    }
    out.append(" };\n");
  }

  private List<String> emulators() {
    return layout.irqs().emulator().stream().filter(name -> !name.isEmpty()).distinct().toList();
  }

  private String emulator(int irq, String suffix) {
    String name = layout.irqs().emulator().get(irq);
    return name.isEmpty() ? "(void*)0" : "&" + name + suffix;
  }

  private String masks(int vm, int[] bits, int[] priorities) {
    String label = labels.next("vm" + vm + "_");
    out.append("\nunsigned int const %s[%d] = {".formatted(label, MASK_WORDS));
    for (int copy = 0; copy < 2; copy++) {
      words(bits);
      out.append(" 0,");
    }
    words(priorities);
    out.append("\n};\n");
    return label;
  }

  private void words(int[] words) {
    for (int i = 0; i < words.length; i++) {
      out.append(i % 8 == 0 ? "\n\t" : " ").append("0x%08x,".formatted(words[i]));
    }
  }

  private void index(String name, Map<Integer, String> arrays) {
    int entries = release.entries(layout.maxThread());
    int last = layout.guests().isEmpty() ? 0 : layout.guests().getLast().id();
    out.append(
        "\nunsigned int const * const %s[%d] = {\n\t(void *)0x0,\n".formatted(name, entries));
    for (int id = 1; id <= last; id++) {
      String array = arrays.get(id);
      out.append(array == null ? "\t(void *)0x0,\n" : "\t&%s[0],\n".formatted(array));
    }
    out.append("};\n");
  }

  private void byIrq(String declaration, int perLine, IntFunction<String> entry) {
    out.append("\n%s[%d] = {".formatted(declaration, IrqTable.SIZE));
    for (int irq = 0; irq < IrqTable.SIZE; irq++) {
      out.append(irq % perLine == 0 ? "\n\t" : " ").append(entry.apply(irq)).append(',');
    }
    out.append("\n};\n");
  }
}
