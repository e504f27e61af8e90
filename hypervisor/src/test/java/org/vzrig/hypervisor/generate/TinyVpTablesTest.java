package org.vzrig.hypervisor.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.layout.MappedRegion;
import org.vzrig.hypervisor.layout.PagePair;
import org.vzrig.hypervisor.layout.RandomConfig;
import org.vzrig.hypervisor.layout.VmLayout;

class TinyVpTablesTest {
  private static final Path GUESTS = Path.of("guests");
  private static final int RUNS = 200;
  private static final int ENOUGH = 50;

  @TempDir Path folder;

  /** The trees in pte.c lead every address to where the layout has it. */
  @Test
  void treesAgreeWithTheLayout() throws IOException {
    int accepted = 0;
    for (long seed = 1000; seed < 1000 + RUNS; seed++) {
      Problems problems = new Problems();
      Layout layout = RandomConfig.layout(seed, folder, problems);
      if (!problems.hasErrors() && expressible(layout)) {
        accepted++;
        PteReader tables = new PteReader(String.valueOf(tables(layout, "config").get("pte.c")));
        for (VmLayout vm : layout.vms().values()) {
          checkTree(tables, vm, seed);
        }
      }
    }
    assertTrue(accepted >= ENOUGH, "accepted " + accepted);
  }

  private static boolean expressible(Layout layout) {
    return layout.vms().values().stream()
        .flatMap(vm -> vm.map().pairs().stream())
        .allMatch(pair -> pair.pageSize() >= 16);
  }

  private static Map<String, String> tables(Layout layout, String config) throws IOException {
    return TinyVpTables.of(layout, GUESTS.resolve(config), Release.HEAD);
  }

  private static void checkTree(PteReader tables, VmLayout vm, long seed) {
    Random random = new Random(seed);
    for (MappedRegion region : vm.regions()) {
      for (int i = 0; i < 200; i++) {
        long span = region.size() + 0x2000;
        int address = (int) (region.va() - 0x1000 + random.nextLong(span)) & -4;
        String message = "seed %d VM %d address %08x".formatted(seed, vm.id(), address);
        check(vm.map().find(address), tables.find(vm.id(), address), address, message);
      }
    }
  }

  private static void check(
      @Nullable PagePair pair, PteReader.@Nullable Found found, int address, String message) {
    if (pair == null || pair.half(address) == null) {
      assertEquals(null, found, message);
      return;
    }
    assertNotNull(found, message);
    assertEquals(pair.physical(address), found.physical(), message);
    assertEquals(pair.allows(address), found.allowed(), message);
    assertEquals(pair.emulator() == null ? "0x0" : "&" + pair.emulator(), found.emulator());
  }

  /** The numbers were compared with those of tinyVP's own scripts for the same configuration. */
  @Test
  void tablesOfTheTwoGuests() throws IOException, ConfigException {
    Layout layout = Layouts.read(GUESTS.resolve("wifire.config"), "wifire");
    Map<String, String> files = tables(layout, "wifire.config");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path expected = Path.of("src/test/resources/org/vzrig/hypervisor/generate", file.getKey());
      assertEquals(Files.readString(expected), file.getValue(), file.getKey());
    }
  }

  @Test
  void threadsGetTheirStackAndSymbol() throws IOException, ConfigException {
    Path config = folder.resolve("config");
    Files.writeString(
        config,
        """
        .thread
          id = 9
          entry = loop
          mode = user
          srs = 3
          sp = 0x1000 0x8000
          .mmap
            data = 0x8000 0x1000 rw
          .
          irqpolling = 1
        .
        """);
    Map<String, String> files =
        TinyVpTables.of(Layouts.read(config, "dm320007"), config, Release.HEAD);
    String options = String.valueOf(files.get("vm_options.c"));
    assertTrue(options.contains("\t0x03000011,\n"), options);
    assertTrue(options.contains("(unsigned int *)0x9000,\n"), options);
    assertTrue(options.contains("extern void * loop();"), options);
    assertTrue(options.contains("\t(unsigned)loop,\n"), options);
    assertTrue(String.valueOf(files.get("tinyVP.h")).contains("MAX_NUM_THREAD 9\n"));
  }

  @Test
  void olderReleaseHasEightSlotsAndNoThreads() throws IOException, ConfigException {
    Path config = GUESTS.resolve("wifire.config");
    Map<String, String> files =
        TinyVpTables.of(Layouts.read(config, "wifire"), config, Release.V0_98);
    assertEquals(4, files.size(), files.keySet().toString());
    String interrupts = String.valueOf(files.get("ic-tables.c"));
    assertTrue(interrupts.startsWith("#include \"ic.h\"\n"), interrupts);
    assertTrue(interrupts.contains("vm_ic_masks[8] = {"), interrupts);
    assertTrue(interrupts.contains("int const vm_options[8] = { 0, 1, 0, 0, 0, 0, 0, 0, };"));
    Path thread = folder.resolve("config");
    Files.writeString(thread, ".thread\n id = 2\n entry = loop\n.\n");
    Layout layout = Layouts.read(thread, "wifire");
    assertThrows(
        IllegalArgumentException.class, () -> TinyVpTables.of(layout, thread, Release.V0_98));
  }

  @Test
  void filesAreWrittenAndTheScriptIsExecutable() throws IOException, ConfigException {
    Path config = GUESTS.resolve("dma.config");
    TinyVpTables.write(Layouts.read(config, "wifire"), config, Release.HEAD, folder.resolve("out"));
    assertTrue(Files.isExecutable(folder.resolve("out/dma.config.objcopy")));
    String setup = Files.readString(folder.resolve("out/board_setup_tbl.c"));
    assertTrue(setup.contains("\tSBT2REG1, 0x00000038,"), setup);
    assertTrue(setup.contains("\tCFGPG, 0x00000010,"), setup);
  }
}
