package org.vzrig.hypervisor.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Irq;
import org.vzrig.hypervisor.config.BoardFacts;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.layout.DmaZone;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Half;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.MappedRegion;
import org.vzrig.hypervisor.layout.PagePair;
import org.vzrig.hypervisor.layout.SetupWord;
import org.vzrig.hypervisor.layout.VmLayout;

/** The map of a configuration as tables. */
final class MapText {
  private static final int NAMED = 4;
  private final StringBuilder out = new StringBuilder();

  private MapText() {}

  static String of(Layout layout) {
    MapText text = new MapText();
    text.board(layout.board());
    layout.vms().values().forEach(text::vm);
    text.setup(layout.boardSetup());
    return text.out.toString();
  }

  private void board(BoardFacts board) {
    out.append(
        "Board %s: guests' flash %08x-%08x, guests' RAM %08x-%08x\n"
            .formatted(
                board.name(),
                board.rom().start(),
                board.rom().end() - 1,
                board.ram().start(),
                board.ram().end() - 1));
  }

  private void vm(VmLayout vm) {
    out.append(
        "\n%s %d: entry %s, shadow set %d%s%s\n"
            .formatted(
                vm.guest() ? "VM" : "Thread",
                vm.id(),
                vm.vm().entry().text(),
                vm.vm().shadowSet(),
                vm.vm().irqPolling() ? ", polls interrupts" : "",
                vm.vm().userMode() ? ", user mode" : ""));
    GuestImage image = vm.image();
    if (image != null) {
      out.append("  image %s, moved by %s\n".formatted(image.path(), signed(image.offset())));
    }
    DmaZone dma = vm.dma();
    if (dma != null) {
      out.append(
          "  DMA may reach %08x-%08x as group %d\n"
              .formatted(dma.address(), dma.address() + dma.size() - 1, dma.group()));
    }
    interrupts(vm);
    regions(vm);
    pages(vm);
  }

  static String signed(int offset) {
    return offset < 0 ? "-" + Integer.toHexString(-offset) : "+" + Integer.toHexString(offset);
  }

  private void interrupts(VmLayout vm) {
    String owned = vm.irqs().owned().stream().map(MapText::irq).collect(Collectors.joining(", "));
    String emulated =
        vm.irqs().emulated().entrySet().stream()
            .map(e -> irq(e.getKey()) + " by " + e.getValue())
            .collect(Collectors.joining(", "));
    out.append("  interrupts owned: %s\n".formatted(owned.isEmpty() ? "none" : owned));
    out.append("  interrupts emulated: %s\n".formatted(emulated));
  }

  private static String irq(int number) {
    return number + " " + (Irq.exists(number) ? Irq.name(number) : "reserved");
  }

  private void regions(VmLayout vm) {
    Table table = new Table("guest physical", "physical", "size", "rights", "access", "what");
    vm.regions().stream()
        .filter(r -> r.size() > 0)
        .sorted(Comparator.comparingLong(MappedRegion::va))
        .forEach(
            r ->
                table.row(
                    "%08x-%08x".formatted(r.va(), r.end() - 1),
                    "%08x".formatted(r.pa()),
                    Access.size(r.size()),
                    Access.rights(r.flags()) + (r.flags().shared() ? " shared" : ""),
                    Access.kind(r),
                    what(r)));
    if (!table.isEmpty()) {
      out.append(table.text("  "));
    }
  }

  private static String what(MappedRegion region) {
    if (region.device() == null) {
      String kind = region.kind() == Region.Kind.FIXED ? "fixed" : "placed " + region.kind();
      return "%s (%s)".formatted(kind, region.where());
    }
    List<String> names = Access.registers(region);
    String device = region.device().isEmpty() ? "device" : region.device();
    String by = region.emulator() == null ? "" : " by " + region.emulator();
    return device + (names.isEmpty() ? "" : ": " + few(names)) + by;
  }

  private static String few(List<String> names) {
    return names.size() <= NAMED
        ? String.join(" ", names)
        : "%s … %s, %d registers".formatted(names.getFirst(), names.getLast(), names.size());
  }

  private void pages(VmLayout vm) {
    Table table =
        new Table(
            "pair", "page size", "even page", "odd page", "EntryLo0", "EntryLo1", "served by");
    for (PagePair pair : vm.map().pairs()) {
      table.row(
          "%08x".formatted(pair.va()),
          Access.size(pair.pageSize()),
          half(pair.even()),
          half(pair.odd()),
          pair.hardware() ? "%08x".formatted(pair.entryLo0()) : "-",
          pair.hardware() ? "%08x".formatted(pair.entryLo1()) : "-",
          server(pair));
    }
    if (!table.isEmpty()) {
      out.append(table.text("  "));
    }
  }

  private static String half(@Nullable Half half) {
    return half == null
        ? "-"
        : "%08x %s".formatted(half.pa(), Access.rights(half.flags()))
            + (half.flags().trapped() ? " traps" : "");
  }

  private static String server(PagePair pair) {
    String server = pair.hardware() ? "TLB" : "root, word by word";
    return pair.emulator() == null ? server : "emulator " + pair.emulator();
  }

  private void setup(List<SetupWord> words) {
    Table table = new Table("address", "register", "value", "why");
    words.forEach(w -> table.row("%08x".formatted(w.address()), w.name(), w.text(), w.comment()));
    out.append("\nWritten before the guests start:\n").append(table.text("  "));
  }
}
