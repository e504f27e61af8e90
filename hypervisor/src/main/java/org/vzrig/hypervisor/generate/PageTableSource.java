package org.vzrig.hypervisor.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.layout.Half;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.MappedRegion;
import org.vzrig.hypervisor.layout.PagePair;
import org.vzrig.hypervisor.layout.VmMap;

/** Writes pte.c: the page trees, the bitmasks and the table of roots. */
final class PageTableSource {
  private final StringBuilder out = new StringBuilder();
  private final Labels labels;

  /** Names of the current tree's bitmasks by address of the pair. */
  private final Map<Integer, String> masks = new HashMap<>();

  private final Release release;

  private PageTableSource(Labels labels, Release release) {
    this.labels = labels;
    this.release = release;
  }

  /**
   * The file's text.
   *
   * @throws IllegalArgumentException when a page is too small for tinyVP's tables
   */
  static String of(Layout layout, Labels labels, Release release) {
    return new PageTableSource(labels, release).write(layout);
  }

  private String write(Layout layout) {
    out.append(release.include()).append("#include \"tlb.h\"\n\n");
    emulators(layout).forEach(e -> out.append("emulator const %s;\n".formatted(e)));
    Map<Integer, VmMap> maps = new TreeMap<>();
    if (!layout.guests().isEmpty()) {
      maps.put(0, layout.rootMap());
    }
    layout.vms().forEach((id, vm) -> maps.put(id, vm.map()));
    Map<Integer, String> roots = new TreeMap<>();
    maps.forEach((id, map) -> roots.put(id, tree(id, map)));
    out.append(
        "\nextern long absent_vm_tlbtree[];\n\nstruct cpte_nd const * const cpt_base[] = {\n");
    for (int id = 0; id < release.entries(layout.maxThread()); id++) {
      String root = roots.getOrDefault(id, "absent_vm_tlbtree");
      out.append("\t(struct cpte_nd *)&%s,\n".formatted(root));
    }
    return out.append("};\n").toString();
  }

  private static List<String> emulators(Layout layout) {
    return layout.vms().values().stream()
        .flatMap(vm -> vm.regions().stream())
        .map(MappedRegion::emulator)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .distinct()
        .toList();
  }

  private String tree(int vm, VmMap map) {
    PageTree.Node root = PageTree.of(map.pairs());
    masks.clear();
    bitmasks(vm, root);
    return table(vm, root);
  }

  private void bitmasks(int vm, PageTree.Node node) {
    for (PageTree child : node.children()) {
      switch (child) {
        case PageTree.Node inner -> bitmasks(vm, inner);
        case PageTree.Leaf leaf -> bitmask(vm, leaf.pair());
      }
    }
  }

  private void bitmask(int vm, PagePair pair) {
    if (pair.pageSize() < 16) {
      throw new IllegalArgumentException(
          "VM %d: the page at %08x is smaller than tinyVP's tables can hold"
              .formatted(vm, pair.va()));
    }
    if (pair.allowed() == null) {
      return;
    }
    String label = labels.next("bm" + vm + "_");
    masks.put(pair.va(), label);
    out.append("\nunsigned long const %s[] = {".formatted(label));
    int[] words = pair.allowed().words();
    for (int i = 0; i < words.length; i++) {
      out.append(i % 8 == 0 ? "\n\t" : " ").append("0x%x,".formatted(words[i]));
    }
    out.append("\n};\n");
  }

  /** Writes the tables below a node, then its own, and gives its name. */
  private String table(int vm, PageTree.Node node) {
    List<String> links = new ArrayList<>();
    for (PageTree child : node.children()) {
      links.add(
          child instanceof PageTree.Node inner
              ? inner.software() && !node.software() ? transit(vm, node, inner) : table(vm, inner)
              : "");
    }
    String label = labels.next("vm" + vm + "_") + (node.software() ? "_sw" : "");
    out.append(
        "\nunion cpte const %s[] = { // 0x%08x / 0x%x\n"
            .formatted(label, node.address(), node.span()));
    IntStream.range(0, node.slots()).forEach(i -> slot(node, i, links));
    out.append("};\n");
    return label;
  }

  /** The stop for the TLB refill in front of a subtree that only software walks. */
  private String transit(int vm, PageTree.Node parent, PageTree.Node child) {
    String below = table(vm, child);
    String label = labels.next("vm" + vm + "_") + "_tr";
    out.append("\nunion cpte const %s[] = {\n".formatted(label));
    out.append(link(below, parent, child, child.slot() - 1)).append("};\n");
    return label;
  }

  private void slot(PageTree.Node node, int index, List<String> links) {
    PageTree child = node.child(index);
    switch (child) {
      case null -> out.append(leaf("0x0", "(void *)0x0", 0, 0));
      case PageTree.Leaf leaf -> out.append(leaf(leaf.pair(), node.software()));
      case PageTree.Node inner -> {
        String target = links.get(node.children().indexOf(child));
        out.append(
            inner.software() && !node.software()
                ? "    { .cpte_nd.next=&%s[0], 0x0, 0, .cpte_nd.pm=0, .cpte_nd.rs=0, .cpte_nd.ls=0 },\n"
                    .formatted(target)
                : link(target, node, inner, pageMask(inner)));
      }
    }
  }

  private static long pageMask(PageTree.Node node) {
    return node.software() ? node.slot() - 1 : node.slot() - 1 >> 10;
  }

  /** How to get from a slot to the table below: which address bits must match, which select. */
  private static String link(
      String target, PageTree.Node parent, PageTree.Node child, long pageMask) {
    long mask = parent.slot() - 1 ^ child.span() - 1;
    int left = Long.numberOfLeadingZeros(child.span() - 1) - 32;
    int right = 28 - (Long.numberOfLeadingZeros(child.slot() - 1) - 32 - left);
    return "    { .cpte_nd.next=&%s[0], 0x%x | 1, 0x%x, .cpte_nd.pm=0x%x, .cpte_nd.rs=%d, .cpte_nd.ls=%d }, // 0x%08x : 0x%x\n"
        .formatted(
            target,
            mask,
            child.address() & mask,
            pageMask,
            right,
            left,
            child.address(),
            child.span());
  }

  private String leaf(PagePair pair, boolean software) {
    return leaf(
        pair.emulator() == null ? "0x0" : "&" + pair.emulator(),
        masks.containsKey(pair.va()) ? "&" + masks.get(pair.va()) : "(void *)0x0",
        word(pair.even(), software),
        word(pair.odd(), software));
  }

  private static int word(@Nullable Half half, boolean software) {
    if (half == null) {
      return 0;
    }
    return software ? half.softwareLo() : half.entryLo();
  }

  private static String leaf(String emulator, String mask, int even, int odd) {
    return "    { .cpte_dl.f=%s, %s, 0x%x, 0x%x },\n".formatted(emulator, mask, even, odd);
  }
}
