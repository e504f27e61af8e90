package org.vzrig.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoardsTest {
  @Test
  void boardsAreFoundByOurNamesAndByTinyVps() {
    for (Board board : Boards.all()) {
      assertEquals(board, Boards.named(board.name().toUpperCase(java.util.Locale.ROOT)).get());
      for (String alias : board.aliases()) {
        assertEquals(board, Boards.named(alias).get());
      }
    }
    assertEquals(Boards.DM320007, Boards.named("Microchip-DM320007+MEBII").get());
    assertTrue(Boards.named("uno").isEmpty());
  }

  @Test
  void everyBoardRunsAt200MHz() {
    for (Board board : Boards.all()) {
      assertEquals(200_000_000, board.devcfg().sysclkHz(board.crystalHz()), board.name());
    }
  }

  @Test
  void otherOscillators() {
    assertEquals(8_000_000, DevCfg.ERASED.sysclkHz(24_000_000));
    assertEquals(24_000_000, DevCfg.of(-1, -1, 0xFFFF_FFFA, -1).sysclkHz(24_000_000));
    assertEquals(32_768, DevCfg.of(-1, -1, 0xFFFF_FFFD, -1).sysclkHz(24_000_000));
  }

  @Test
  void wifireWordsDecode() {
    List<DevCfgField> fields = Boards.WIFIRE.devcfg().fields();
    assertEquals("PLL multiplies by 50", meaning(fields, "FPLLMULT"));
    assertEquals("PLL input divided by 3", meaning(fields, "FPLLIDIV"));
    assertEquals("PLL output divided by 2", meaning(fields, "FPLLODIV"));
    assertEquals("system PLL", meaning(fields, "FNOSC"));
    assertEquals("external clock", meaning(fields, "POSCMOD"));
    assertEquals("PGC2/PGD2", meaning(fields, "ICESEL"));
    assertEquals("starts in MIPS32", meaning(fields, "BOOTISA"));
    assertEquals("not code protected", meaning(fields, "CP"));
  }

  private static String meaning(List<DevCfgField> fields, String name) {
    return fields.stream().filter(f -> f.name().equals(name)).findFirst().get().meaning();
  }

  @Test
  void regionsDoNotOverlap() {
    for (Board board : Boards.all()) {
      for (Region region : board.chip().regions()) {
        assertEquals(region, board.chip().region(region.base()).get());
        assertEquals(region, board.chip().region(region.end() - 1).get());
      }
    }
  }

  @Test
  void interruptNumbersFromTheTable() {
    assertEquals("TIMER_1", Irq.name(4));
    assertEquals("EXTERNAL_4", Irq.name(23));
    assertEquals("TIMER_6", Irq.name(28));
    assertEquals("OUTPUT_COMPARE_9", Irq.name(43));
    assertEquals("UART4_RX", Irq.name(171));
    assertEquals(OptionalInt.of(113), Irq.number("UART1_RX"));
    assertEquals("CHANGE_NOTICE_K", Irq.name(127));
    assertEquals("DMA7", Irq.name(141));
    assertEquals("SPI6_TX", Irq.name(187));
    assertEquals("I2C5_MASTER", Irq.name(184));
    assertEquals("ADC7_WARM", Irq.name(213));
    assertEquals("IRQ214", Irq.name(214));
  }

  @Test
  void reservedInterruptsHaveNoName() {
    Set<Integer> reserved = new HashSet<>();
    for (int irq = 0; irq < Irq.COUNT; irq++) {
      if (!Irq.exists(irq)) {
        reserved.add(irq);
      }
    }
    assertEquals(Set.of(108, 191, 195, 197, 203, 204, 211, 212), reserved);
  }

  @Test
  void registersHaveTheirNames() {
    assertEquals("U4STASET", SfrNames.of(0xBF82_2618));
    assertEquals("U4STA+2", SfrNames.of(0xBF82_2612));
    assertEquals("LATGINV", SfrNames.of(0x1F86_063C));
    assertEquals("RPF8R", SfrNames.of(0xBF80_1660));
    assertEquals("U4RXR", SfrNames.of(0xBF80_1480));
    assertEquals("RPG9R", SfrNames.of(0xBF80_16A4));
    assertEquals("OFF213", SfrNames.of(0xBF81_0894));
    assertEquals("IPC53", SfrNames.of(0xBF81_0490));
    assertEquals("PB8DIV", SfrNames.of(0xBF80_1370));
    assertEquals("DCH7CON", SfrNames.of(0xBF81_15A0));
    assertEquals("SBT3WR2", SfrNames.of(0xBF8F_8C98));
    assertEquals("1F8FFFFC", SfrNames.of(0xBF8F_FFFC));
    assertEquals(OptionalInt.of(0x1F81_0000), SfrNames.address("INTCON"));
    assertFalse(SfrNames.known(0x1F80_0024));
  }
}
