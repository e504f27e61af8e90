package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every CP0 register in both contexts, by the table cp0-registers.txt; and what writes bring. */
class Cp0RegisterTest {
  private static final int ALL_RIGHTS =
      GuestCtl0.GM
          | GuestCtl0.CP0
          | GuestCtl0.AT
          | GuestCtl0.GT
          | GuestCtl0.CG
          | GuestCtl0.CF
          | GuestCtl0.SFC2
          | GuestCtl0.SFC1;

  private final TestCore core = new TestCore();

  /** A line of the table. */
  record Row(
      Cp0Reg reg,
      String rootReset,
      int rootWritable,
      String guestReset,
      int guestWritable,
      String access) {
    static Row of(String line) {
      String[] f = line.split("\\s+", -1);
      String[] number = f[0].split("\\.", -1);
      Cp0Reg reg =
          Cp0Reg.of(Integer.parseInt(number[0]), Integer.parseInt(number[1])).orElseThrow();
      assertEquals(f[1], reg.name());
      return new Row(reg, f[2], hex(f[3]), f[4], hex(f[5]), f[6]);
    }

    static int hex(String text) {
      return Integer.parseUnsignedInt(text, 16);
    }

    @Override
    public String toString() {
      return reg.name();
    }
  }

  static List<Row> rows() throws IOException {
    try (InputStream in = Cp0RegisterTest.class.getResourceAsStream("cp0-registers.txt")) {
      String text =
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      return text.lines().filter(l -> !l.startsWith("#")).map(Row::of).toList();
    }
  }

  @Test
  void theTableNamesEveryRegisterOnce() throws IOException {
    List<String> named = rows().stream().map(Row::toString).toList();
    List<String> all = new ArrayList<>();
    for (Cp0Reg reg : Cp0Reg.values()) {
      all.add(reg.name());
    }
    assertEquals(all, named);
  }

  /** Reads, writes ones, reads, writes zeros, reads; into r4, r6 and r7. */
  private void exercise(Cp0Reg reg, String from, String to) {
    core.at(
        TestCore.BOOT,
        new Asm()
            .op(from, 't', 4, 'c', reg.number(), 'e', reg.select())
            .li(5, -1)
            .op(to, 't', 5, 'c', reg.number(), 'e', reg.select())
            .op(from, 't', 6, 'c', reg.number(), 'e', reg.select())
            .op(to, 't', 0, 'c', reg.number(), 'e', reg.select())
            .op(from, 't', 7, 'c', reg.number(), 'e', reg.select())
            .stop());
    core.run(9);
  }

  private void assertMask(String reset, int writable) {
    if (!reset.equals("counts")) {
      int value = reset.equals("none") ? 0 : Row.hex(reset);
      assertEquals(reset, reset.equals("none") ? "none" : "%08X".formatted(core.r(4)));
      assertEquals(Integer.toHexString(value | writable), Integer.toHexString(core.r(6)));
      assertEquals(Integer.toHexString(value & ~writable), Integer.toHexString(core.r(7)));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rootReadsItsResetValueAndWritesItsBits(Row row) {
    exercise(row.reg, "mfc0", "mtc0");
    assertMask(row.rootReset, row.rootWritable);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void rootReadsAndWritesTheGuestsRegister(Row row) {
    exercise(row.reg, "mfgc0", "mtgc0");
    assertMask(row.guestReset, row.guestWritable);
  }

  /**
   * Rights that keep a kind of registers from the guest: GuestCtl0 bits to drop, Ext bits to set.
   */
  private static int[] without(String access) {
    return switch (access) {
      case "mmu" -> new int[] {GuestCtl0.AT, 0};
      case "timer" -> new int[] {GuestCtl0.GT, 0};
      case "other" -> new int[] {0, GuestCtl0.EXT_OG};
      case "bad" -> new int[] {0, GuestCtl0.EXT_BG};
      default -> new int[] {GuestCtl0.CP0, 0};
    };
  }

  private boolean exits(int rights, int ext, Asm insn) {
    TestCore fresh = new TestCore();
    Cpu cpu = fresh.cpu;
    int page = 3 << 3 | TlbEntry.V | TlbEntry.G;
    cpu.rootTlb().write(0, TlbEntry.of(0x1FC0_0000, 0x1FC00 << 6 | page, page, 0, 1));
    cpu.root().set(Cp0Reg.GUESTCTL1, 1 << 16 | 1);
    cpu.root().set(Cp0Reg.GUESTCTL0EXT, ext | GuestCtl0.EXT_FCD);
    cpu.root().set(Cp0Reg.GUESTCTL0, rights);
    cpu.root().set(Cp0Reg.EPC, TestCore.BOOT);
    cpu.root().set(Cp0Reg.STATUS, Status.EXL);
    boolean[] exit = {false};
    cpu.rootMode(
        (c, vector) -> {
          exit[0] = true;
          assertEquals(ExcCode.GE, Cause.excCode(c.root().get(Cp0Reg.CAUSE)));
          assertEquals(GExcCode.GPSI, GuestCtl0.excCode(c.root().get(Cp0Reg.GUESTCTL0)));
          c.root().set(Cp0Reg.EPC, TestCore.BOOT + 4);
        });
    fresh.at(TestCore.BOOT, insn.stop());
    cpu.enter();
    fresh.run(2);
    return exit[0];
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aGuestNeedsItsRight(Row row) {
    boolean sensitive = row.access.equals("sensitive");
    assertEquals(sensitive, exits(ALL_RIGHTS, 0, new Asm().mfc0(2, row.reg)));
    boolean write = sensitive || row.reg == Cp0Reg.COUNT;
    assertEquals(write, exits(ALL_RIGHTS, 0, new Asm().mtc0(0, row.reg)));
    int[] without = without(row.access);
    assertTrue(exits(ALL_RIGHTS & ~without[0], without[1], new Asm().mfc0(2, row.reg)));
    if (row.access.equals("config")) {
      assertTrue(exits(ALL_RIGHTS & ~GuestCtl0.CF, 0, new Asm().mtc0(0, row.reg)));
    }
  }

  @Test
  void whatIsNotThereReadsZero() {
    Set<Integer> all = new TreeSet<>();
    for (Cp0Reg reg : Cp0Reg.values()) {
      all.add(reg.index);
    }
    for (int i = 0; i < 256; i++) {
      if (!all.contains(i)) {
        assertEquals(0, core.cpu.cop0.move(i));
        core.cpu.cop0.move(i, -1);
        assertEquals(0, core.cpu.cop0.move(i));
      }
    }
  }

  // --- side effects

  private void write(Cp0Reg reg, int value) {
    core.cpu.cop0.move(reg.index, value);
  }

  private int read(Cp0Reg reg) {
    return core.cpu.cop0.move(reg.index);
  }

  @Test
  void wiredTakesRandomToTheHighestEntry() {
    core.at(TestCore.BOOT, new Asm().stop()).run(7);
    write(Cp0Reg.WIRED, 5);
    assertEquals(15, read(Cp0Reg.RANDOM));
    Set<Integer> seen = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      core.run(1);
      seen.add(read(Cp0Reg.RANDOM));
    }
    assertEquals(Set.of(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), seen);
  }

  @Test
  void compareTakesItsInterruptBack() {
    core.at(TestCore.BOOT, new Asm().stop());
    write(Cp0Reg.COMPARE, read(Cp0Reg.COUNT) + 10);
    core.run(40);
    assertTrue(core.timerLine);
    assertEquals(Cause.TI, read(Cp0Reg.CAUSE) & Cause.TI);
    write(Cp0Reg.COMPARE, 0);
    assertFalse(core.timerLine);
    assertEquals(0, read(Cp0Reg.CAUSE) & Cause.TI);
  }

  @Test
  void causeStopsCount() {
    core.at(TestCore.BOOT, new Asm().stop());
    write(Cp0Reg.COUNT, 0x1000);
    write(Cp0Reg.CAUSE, Cause.DC);
    core.run(50);
    assertEquals(0x1000, read(Cp0Reg.COUNT));
    write(Cp0Reg.CAUSE, 0);
    core.run(50);
    assertEquals(0x1019, read(Cp0Reg.COUNT));
  }

  @Test
  void statusBitsOfResetsAreClearedOnly() {
    core.cpu.root().set(Cp0Reg.STATUS, Status.ERL | Status.NMI | Status.SR | Status.TS);
    write(Cp0Reg.STATUS, -1);
    int all = Status.NMI | Status.SR | Status.TS;
    assertEquals(all, read(Cp0Reg.STATUS) & all);
    write(Cp0Reg.STATUS, Status.ERL | Status.SR);
    assertEquals(Status.SR, read(Cp0Reg.STATUS) & all);
    write(Cp0Reg.STATUS, Status.ERL);
    write(Cp0Reg.STATUS, -1);
    assertEquals(0, read(Cp0Reg.STATUS) & all);
  }

  @Test
  void viewsReachStatusAndCause() {
    write(Cp0Reg.VIEW_IPL, 0x7F << 2);
    assertEquals(0x7F, Status.ipl(read(Cp0Reg.STATUS)));
    write(Cp0Reg.VIEW_IPL, 0x85 << 2);
    assertEquals(0x85, Status.ipl(read(Cp0Reg.STATUS)));
    assertEquals(1 << 18 | 5 << 10, read(Cp0Reg.STATUS) & 0x0005_FC00);
    write(Cp0Reg.VIEW_RIPL, 2);
    assertEquals(2 << 8, read(Cp0Reg.CAUSE) & Cause.IP);
    core.cpu.root().put(Cp0Reg.CAUSE, 6 << 10);
    assertEquals(6 << 2, read(Cp0Reg.VIEW_RIPL));
  }

  @Test
  void pageGrainBringsBitsIntoBeing() {
    write(Cp0Reg.ENTRYLO0, -1);
    assertEquals(0x03FF_FFFF, read(Cp0Reg.ENTRYLO0));
    write(Cp0Reg.PAGEGRAIN, 0xC000_0000);
    write(Cp0Reg.ENTRYLO0, -1);
    assertEquals(0xC3FF_FFFF, read(Cp0Reg.ENTRYLO0));
    write(Cp0Reg.PAGEGRAIN, 1 << 28);
    write(Cp0Reg.PAGEMASK, -1);
    write(Cp0Reg.ENTRYHI, -1);
    assertEquals(0x1FFF_F800, read(Cp0Reg.PAGEMASK));
    assertEquals(0xFFFF_FCFF, read(Cp0Reg.ENTRYHI));
    write(Cp0Reg.PAGEMASK, 0);
    assertEquals(0, read(Cp0Reg.PAGEMASK));
  }

  @Test
  void loadLinkedTellsItsPhysicalAddress() {
    core.at(TestCore.BOOT, new Asm().li(4, 0x8000_1230).op("ll", 's', 4, 't', 5).stop()).run(5);
    assertEquals(0x1230 >> 4, read(Cp0Reg.LLADDR));
  }
}
