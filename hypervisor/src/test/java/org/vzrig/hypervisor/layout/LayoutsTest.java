package org.vzrig.hypervisor.layout;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vzrig.hypervisor.config.ConfigException;

/** The configurations that come with the guest programs. */
class LayoutsTest {
  private static final Path GUESTS = Path.of("guests");

  private static Layout read(String config, String board) throws ConfigException {
    return Layouts.read(GUESTS.resolve(config), board);
  }

  @Test
  void twoGuestsGetFlashAndRamInTurn() throws ConfigException {
    Layout layout = read("wifire.config", "wifire");
    assertEquals(List.of(), layout.warnings());
    assertEquals(Set.of(1, 2), layout.vms().keySet());
    VmMap one = layout.vm(1).map();
    VmMap two = layout.vm(2).map();
    assertEquals(0x1D01_0000, one.physical(0x1FC0_0000));
    assertEquals(0x1D01_1000, two.physical(0x1FC0_0000));
    assertEquals(0, one.physical(0));
    assertEquals(0x1000, two.physical(0));
    assertNull(one.physical(0x1000));
    assertNull(one.physical(0x1D01_0000));
    assertEquals(0x01010001, layout.vm(1).options());
    assertEquals(0x02020000, layout.vm(2).options());
    assertEquals(0x9D01_0000, 0x9FC0_0000 + Objects.requireNonNull(layout.vm(1).image()).offset());
  }

  @Test
  void registersBelowAPageAreOpenWordByWord() throws ConfigException {
    VmMap map = read("wifire.config", "wifire").vm(1).map();
    PagePair oscillator = find(map, 0x1F80_1200);
    assertEquals(0x400, oscillator.pageSize());
    assertNull(map.physical(0x1F80_11FC));
    assertEquals(0x1F80_1200, map.physical(0x1F80_1200));
    assertEquals(0x1F80_13FF, map.physical(0x1F80_13FF));
    assertEquals(0x1F80_16FC, map.physical(0x1F80_16FC));
    assertNull(map.physical(0x1F80_1700));
    assertEquals("console", find(map, 0x1F82_2600).emulator());
    assertEquals("ic_emulator", find(map, 0x1F81_0000).emulator());
    assertEquals(0x407E_0414, find(map, 0x1F81_0000).entryLo0());
    assertEquals(0x407E_1816, find(map, 0x1F86_0000).entryLo0());
  }

  @Test
  void emulatedInterruptsBelongToNobody() throws ConfigException {
    Layout layout = read("wifire.config", "wifire");
    IrqSet irqs = layout.vm(2).irqs();
    assertEquals(Set.of(), irqs.owned());
    assertEquals(
        Map.of(0, "insert_timer", 170, "console", 171, "console", 172, "console"), irqs.emulated());
    assertArrayEquals(new int[] {1, 0, 0, 0, 0, 0x1C00, 0}, irqs.emulatedMask());
    assertEquals("console", layout.irqs().emulator().get(171));
    assertEquals("", layout.irqs().emulator().get(0));
  }

  @Test
  void dmaZoneAndItsProtection() throws ConfigException {
    Layout layout = read("dma.config", "DigilentChipKitWiFire");
    VmLayout vm = layout.vm(1);
    assertEquals(new DmaZone(1, 0, 0x10000, 0x10), vm.dma());
    assertEquals(Set.of(134), vm.irqs().owned());
    assertEquals(1, layout.irqs().owner().get(134));
    assertEquals(0x38, word(layout, "SBT2REG1"));
    assertEquals(3, word(layout, "SBT2RD1"));
    assertEquals(0x1F86_0038, word(layout, "SBT8REG1"));
    assertEquals(0x1F82_0000, word(layout, "SBT6REG1"));
    assertEquals(0x10, word(layout, "CFGPG"));
    assertEquals(0xFFFF_FFEF, word(layout, "PMD7"));
  }

  private static PagePair find(VmMap map, int address) {
    return Objects.requireNonNull(map.find(address));
  }

  private static int word(Layout layout, String name) {
    return layout.boardSetup().stream()
        .filter(w -> w.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .orElseThrow();
  }
}
