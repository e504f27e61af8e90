package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.boards.SfrNames;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.periph.ResetCause;

class MemoryMapTest {
  private final TestChip t = new TestChip();

  @Test
  void ramKeepsBytesHalvesAndWords() {
    t.bus().write(0x7_FFFC, 4, 0x1122_3344);
    t.bus().write(0x7_FFFE, 2, 0xAABB);
    t.bus().write(0x7_FFFC, 1, 0x55);
    assertEquals(0xAABB_3355, t.bus().read(0x7_FFFC, 4));
    assertEquals(0x33, t.bus().read(0x7_FFFD, 1));
    assertTrue(t.bus().writable(0x7_FFFC));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x0008_0000,
        0x1CFF_FFFC,
        0x1D20_0000,
        0x1F90_0000,
        0x1FC1_4000,
        0x1FC8_0000,
        0x2000_0000,
        0x3000_0000,
        0x8000_0000,
        0xFFFF_FFFC
      })
  void nothingAnswersOutsideTheMap(int pa) {
    assertThrows(BusError.class, () -> t.bus().read(pa, 4));
    assertThrows(BusError.class, () -> t.bus().write(pa, 4, 0));
    assertNull(t.bus().memory(pa));
    assertFalse(t.bus().writable(pa));
  }

  @Test
  void flashIsReadableButNotStoredTo() {
    assertEquals(-1, t.bus().read(0x1D00_0000, 4));
    assertThrows(BusError.class, () -> t.bus().write(0x1D00_0000, 4, 0));
    assertNotNull(t.bus().memory(0x1D00_0000));
    assertFalse(t.bus().writable(0x1D00_0000));
  }

  @Test
  void bootAliasesShowTheSameBytesAsTheirPanel() {
    t.bus().load(0x1FC4_0100, new byte[] {1, 2, 3, 4});
    assertEquals(0x0403_0201, t.bus().read(0x1FC0_0100, 4));
    t.bus().load(0x1FC6_0100, new byte[] {5, 6, 7, 8});
    assertEquals(0x0807_0605, t.bus().read(0x1FC2_0100, 4));
  }

  @Test
  void theHigherValidSequenceWordChoosesTheLowerBootPanel() {
    t.bus().load(0x1FC4_FFF0, sequence(3));
    t.bus().load(0x1FC6_FFF0, sequence(4));
    t.bus().load(0x1FC6_0000, new byte[] {9, 0, 0, 0});
    t.chip().reset(ResetCause.MCLR);
    assertEquals(9, t.bus().read(0x1FC0_0000, 4));
    t.bus().load(0x1FC6_FFF0, new byte[] {0, 0, 9, 0});
    t.chip().reset(ResetCause.MCLR);
    assertEquals(-1, t.bus().read(0x1FC0_0000, 4));
  }

  private static byte[] sequence(int number) {
    return new byte[] {(byte) ~number, -1, (byte) number, 0};
  }

  @Test
  void configurationWordsAndFactoryWordsAreReadable() {
    assertEquals(0x0374_3CB9, t.bus().read(0x1FC0_FFC8, 4));
    assertEquals(0x7FFF_FFFF, t.bus().read(0x1FC0_FFEC, 4));
    assertEquals(1, t.bus().read(0x1FC5_4024, 4));
  }

  @Test
  void everyRegisterHasTheNameThatLogsAndTracesUse() {
    List<String> wrong = new ArrayList<>();
    int modelled = 0;
    for (int pa = SystemBus.SFR_BASE; pa < SystemBus.SFR_BASE + SystemBus.SFR_SIZE; pa += 4) {
      Register register = t.bus().register(pa);
      if (register != null) {
        String name = SfrNames.of(pa);
        String own = register.name();
        if (!name.equals(own) && !List.of(own + "CLR", own + "SET", own + "INV").contains(name)) {
          wrong.add(own + " is " + name);
        }
        modelled++;
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(modelled > 2500, "registers and aliases: " + modelled);
  }

  @Test
  void registersWithoutAModelKeepWhatIsWritten() {
    int unknown = 0x1F80_1350;
    assertEquals(0, t.bus().read(unknown, 4));
    t.bus().write(unknown, 4, 0x0F);
    t.bus().write(unknown + 8, 4, 0xF0);
    t.bus().write(unknown + 4, 4, 0x01);
    t.bus().write(unknown + 1, 1, 0x12);
    assertEquals(0x12FE, t.bus().read(unknown, 4));
    assertEquals(0x12, t.bus().read(unknown + 1, 1));
  }
}
