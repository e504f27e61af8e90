package org.vzrig.hypervisor.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Irq;
import org.vzrig.hypervisor.config.BoardFacts;
import org.vzrig.hypervisor.config.Problem;
import org.vzrig.hypervisor.layout.Bitmask;
import org.vzrig.hypervisor.layout.DmaZone;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Half;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.MappedRegion;
import org.vzrig.hypervisor.layout.PagePair;
import org.vzrig.hypervisor.layout.SetupWord;
import org.vzrig.hypervisor.layout.VmLayout;

/** The map of a configuration as maps and lists; addresses and words are hexadecimal strings. */
final class MapJson {
  private MapJson() {}

  static Map<String, @Nullable Object> of(Layout layout) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("board", board(layout.board()));
    json.put("vms", layout.vms().values().stream().map(MapJson::vm).toList());
    json.put("setup", layout.boardSetup().stream().map(MapJson::setup).toList());
    json.put("warnings", layout.warnings().stream().map(MapJson::problem).toList());
    return json;
  }

  /** A problem with its place. */
  static Map<String, Object> problem(Problem problem) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", problem.isError() ? "error" : "warning");
    json.put("file", problem.where().file().toString());
    json.put("line", problem.where().line());
    json.put("message", problem.message());
    return json;
  }

  private static String hex(long value) {
    return "0x%08x".formatted(value & 0xFFFF_FFFFL);
  }

  private static Map<String, @Nullable Object> board(BoardFacts board) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", board.name());
    json.put("rom", List.of(hex(board.rom().start()), hex(board.rom().end())));
    json.put("ram", List.of(hex(board.ram().start()), hex(board.ram().end())));
    return json;
  }

  private static Map<String, @Nullable Object> vm(VmLayout vm) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", vm.id());
    json.put("kind", vm.guest() ? "vm" : "thread");
    json.put("entry", vm.vm().entry().text());
    json.put("shadowSet", vm.vm().shadowSet());
    json.put("irqPolling", vm.vm().irqPolling());
    json.put("userMode", vm.vm().userMode());
    json.put("image", image(vm.image()));
    json.put("dma", dma(vm.dma()));
    json.put("irqsOwned", vm.irqs().owned().stream().map(irq -> irq(irq, null)).toList());
    json.put(
        "irqsEmulated",
        vm.irqs().emulated().entrySet().stream().map(e -> irq(e.getKey(), e.getValue())).toList());
    json.put("regions", vm.regions().stream().map(MapJson::region).toList());
    json.put("pages", vm.map().pairs().stream().map(MapJson::pair).toList());
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> image(@Nullable GuestImage image) {
    if (image == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("path", image.path().toString());
    json.put("offset", hex(image.offset()));
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> dma(@Nullable DmaZone zone) {
    if (zone == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("group", zone.group());
    json.put("address", hex(zone.address()));
    json.put("size", zone.size());
    return json;
  }

  private static Map<String, @Nullable Object> irq(int number, @Nullable String emulator) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("irq", number);
    json.put("name", Irq.exists(number) ? Irq.name(number) : null);
    if (emulator != null) {
      json.put("emulator", emulator);
    }
    return json;
  }

  private static Map<String, @Nullable Object> region(MappedRegion region) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("va", hex(region.va()));
    json.put("pa", hex(region.pa()));
    json.put("size", region.size());
    json.put("flags", region.flags().letters());
    json.put("access", Access.kind(region));
    json.put("rights", Access.rights(region.flags()));
    json.put("shared", region.flags().shared());
    json.put("cache", Access.cache(region.flags()));
    json.put("device", region.device());
    json.put("emulator", region.emulator());
    json.put("registers", Access.registers(region));
    json.put("file", region.where().file().toString());
    json.put("line", region.where().line());
    return json;
  }

  private static Map<String, @Nullable Object> pair(PagePair pair) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("va", hex(pair.va()));
    json.put("pageSize", pair.pageSize());
    json.put("tlb", pair.hardware());
    json.put("even", half(pair.even()));
    json.put("odd", half(pair.odd()));
    json.put("emulator", pair.emulator());
    Bitmask allowed = pair.allowed();
    json.put(
        "words",
        allowed == null ? null : Arrays.stream(allowed.words()).mapToObj(MapJson::hex).toList());
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> half(@Nullable Half half) {
    if (half == null) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("pa", hex(half.pa()));
    json.put("flags", half.flags().letters());
    json.put("entryLo", hex(half.entryLo()));
    json.put("traps", half.flags().trapped());
    return json;
  }

  private static Map<String, @Nullable Object> setup(SetupWord word) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("address", hex(word.address()));
    json.put("register", word.name());
    json.put("value", word.text());
    return json;
  }
}
