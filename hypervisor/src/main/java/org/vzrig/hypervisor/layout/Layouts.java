package org.vzrig.hypervisor.layout;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Chip;
import org.vzrig.hypervisor.config.BoardFacts;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.config.ConfigReader;
import org.vzrig.hypervisor.config.Configuration;
import org.vzrig.hypervisor.config.Flags;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.config.Region;
import org.vzrig.hypervisor.config.Vm;

/** From configurations to layouts. */
public final class Layouts {
  private static final long PHYSICAL = 0x1FFF_FFFF;
  private static final long RAM_END = 0x8_0000;

  /** Bytes of the largest memory that the chip can have: what its external buses address. */
  private static final long LARGEST = 64L << 20;

  private static final int POLLING = 1;
  private static final int USER = 0x10;

  private final Configuration configuration;
  private final Problems problems;
  private final Map<Integer, List<MappedRegion>> regions = new LinkedHashMap<>();
  private final Map<Integer, GuestImage> images = new LinkedHashMap<>();

  private Layouts(Configuration configuration, Problems problems) {
    this.configuration = configuration;
    this.problems = problems;
  }

  /**
   * Reads a configuration and lays it out.
   *
   * @param file the main file
   * @param board the board's name, ours or tinyVP's
   * @throws ConfigException with everything that is wrong, in all files
   */
  public static Layout read(Path file, String board) throws ConfigException {
    Problems problems = new Problems();
    Layout layout = of(ConfigReader.read(file, board, problems), problems);
    problems.throwIfErrors();
    return layout;
  }

  /**
   * Lays a configuration out. Problems go into the collection; after an error the result is for
   * nothing but further checks.
   */
  public static Layout of(Configuration configuration, Problems problems) {
    return new Layouts(configuration, problems).build();
  }

  private Layout build() {
    BoardFacts board = configuration.board();
    List<Vm> vms = configuration.vms();
    place();
    IrqPlan.check(vms, problems);
    DmaPlan dma = DmaPlan.of(vms, problems);
    OverlapCheck.run(regions, problems);
    Map<Integer, IrqSet> irqs = new LinkedHashMap<>();
    vms.forEach(vm -> irqs.put(vm.id(), IrqPlan.of(vm, problems)));
    NavigableMap<Integer, VmLayout> layouts = new TreeMap<>();
    for (Vm vm : vms) {
      layouts.put(vm.id(), layout(vm, irqs.getOrDefault(vm.id(), IrqPlan.of(vm, problems)), dma));
    }
    return new Layout(
        board,
        Collections.unmodifiableNavigableMap(layouts),
        map(regions.getOrDefault(0, List.of())),
        IrqPlan.table(vms, irqs),
        BoardSetup.of(board, vms, dma, problems),
        problems.warnings());
  }

  private void place() {
    Placement placement = new Placement(configuration.board(), problems);
    for (Vm vm : configuration.vms()) {
      List<MappedRegion> placed = placement.place(vm);
      placed.forEach(region -> check(vm, region));
      checkStack(vm, placed);
      regions.put(vm.id(), placed.stream().filter(r -> r.size() <= LARGEST).toList());
      GuestImage image = placement.image(vm, placed);
      if (image != null) {
        images.put(vm.id(), image);
      }
    }
    if (configuration.vms().stream().anyMatch(vm -> vm.kind() == Vm.Kind.GUEST)) {
      regions.put(0, List.of(eretPage()));
    }
  }

  /** The page of tinyVP's own code that it shows to guest 7 to clear the LL bit. */
  private MappedRegion eretPage() {
    BoardFacts board = configuration.board();
    return new MappedRegion(
        board.where(),
        Region.Kind.FIXED,
        board.eretPage() & PHYSICAL,
        Block.PAGE,
        new Flags("xds"),
        board.vzcode() & PHYSICAL,
        null,
        null);
  }

  private void check(Vm vm, MappedRegion region) {
    if (region.flags().executable() && region.size() < Block.PAGE) {
      problems.error(
          region.where(),
          "VM %d: an executable region needs 4 KiB or more, found %x bytes at %08x"
              .formatted(vm.id(), region.size(), region.va()));
    }
    checkExistence(vm, region);
    long vzdata = configuration.board().vzdata() & PHYSICAL;
    boolean reachesRoot = region.pa() < RAM_END && region.pa() + region.size() > vzdata;
    if (reachesRoot && vzdata != 0 && region.flags().has('w')) {
      problems.warn(
          region.where(),
          "VM %d: physical %08x+%x reaches the RAM from %08x on that tinyVP uses itself (vzdata)"
              .formatted(vm.id(), region.pa(), region.size(), vzdata));
    }
  }

  /** The chip must have something at the physical addresses, or every access is a bus error. */
  private void checkExistence(Vm vm, MappedRegion region) {
    Chip chip = Boards.named(configuration.board().name()).orElse(Boards.WIFIRE).chip();
    Optional<org.vzrig.boards.Region> memory = chip.region((int) region.pa());
    long end = memory.map(m -> Integer.toUnsignedLong(m.end())).orElse(0L);
    if (region.size() > LARGEST) {
      problems.error(
          region.where(),
          "VM %d: %x bytes at physical %08x; no memory of the chip has more than %x"
              .formatted(vm.id(), region.size(), region.pa(), LARGEST));
    } else if (region.size() > 0 && region.pa() + region.size() > end) {
      problems.warn(
          region.where(),
          "VM %d: the chip has nothing at physical %08x"
              .formatted(vm.id(), memory.isPresent() ? end : region.pa()));
    }
  }

  /** A stack that user code runs on has to be in the thread's own memory. */
  private void checkStack(Vm vm, List<MappedRegion> placed) {
    Vm.Stack stack = vm.stack();
    if (stack == null || !vm.userMode()) {
      return;
    }
    boolean inside =
        placed.stream()
            .anyMatch(r -> r.va() <= stack.address() && stack.address() + stack.size() <= r.end());
    if (!inside) {
      problems.error(
          stack.where(),
          "sp: the stack %08x+%x of user-mode thread %d lies in none of its regions"
              .formatted(stack.address(), stack.size(), vm.id()));
    }
  }

  private VmMap map(List<MappedRegion> list) {
    return new VmMap(Pages.of(Blocks.of(list, problems), problems));
  }

  private VmLayout layout(Vm vm, IrqSet irqs, DmaPlan dma) {
    List<MappedRegion> placed = regions.getOrDefault(vm.id(), List.of());
    int options = vm.shadowSet() << 24;
    options |= vm.kind() == Vm.Kind.GUEST ? vm.id() << 16 : 0;
    options |= vm.userMode() ? USER : 0;
    options |= vm.irqPolling() ? POLLING : 0;
    return new VmLayout(
        vm, images.get(vm.id()), placed, map(placed), irqs, dma.zones().get(vm.id()), options);
  }
}
