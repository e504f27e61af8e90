package org.vzrig.hypervisor.rt.exit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final int WORD = 0x44332211;
  private static final int OLD = 0xAABBCCDD;

  private static Access access(int opcode, int address) {
    return Access.of(opcode << 26 | 5 << 16, address);
  }

  @Test
  void loadsExtendAsTheirNamesSay() {
    assertEquals(-1, access(32, 0).extend(0xFF, 0));
    assertEquals(0xFF, access(36, 0).extend(0xFF, 0));
    assertEquals(-32768, access(33, 0).extend(0x8000, 0));
    assertEquals(0x8000, access(37, 0).extend(0x8000, 0));
    assertEquals(WORD, access(35, 0).extend(WORD, 0));
    assertEquals(5, access(35, 0).register());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 11BBCCDD, 44332211",
    "1, 2211CCDD, AA443322",
    "2, 332211DD, AABB4433",
    "3, 44332211, AABBCC44"
  })
  void leftAndRightLoadsMerge(int byteNumber, String left, String right) {
    assertEquals(left, hex(access(34, byteNumber).extend(WORD, OLD)));
    assertEquals(right, hex(access(38, byteNumber).extend(WORD, OLD)));
  }

  private static String hex(int value) {
    return "%08X".formatted(value);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 000000AA", "1, 2, 0000AABB", "2, 3, 00AABBCC", "3, 4, AABBCCDD"})
  void leftStoresTakeTheUpperBytes(int byteNumber, int length, String bytes) {
    Access swl = access(42, 0x100 + byteNumber);
    assertEquals(0x100, swl.first());
    assertEquals(length, swl.length());
    assertEquals(bytes, hex(swl.stored(OLD)));
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 3", "2, 2", "3, 1"})
  void rightStoresTakeTheLowerBytes(int byteNumber, int length) {
    Access swr = access(46, 0x100 + byteNumber);
    assertEquals(0x100 + byteNumber, swr.first());
    assertEquals(length, swr.length());
    assertEquals(OLD, swr.stored(OLD));
  }

  @Test
  void storesAreTold() {
    assertTrue(access(40, 0).store());
    assertTrue(access(46, 0).store());
    assertFalse(access(38, 0).store());
    assertEquals(2, access(41, 0).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {48, 49, 53, 56, 57, 61, 0, 47, 51})
  void otherInstructionsAreFaults(int opcode) {
    assertThrows(GuestFault.class, () -> access(opcode, 0));
  }
}
