package org.vzrig.hypervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected orders are those of Python 2.7. */
class DictionaryOrderTest {
  @Test
  void smallIdsRise() {
    assertEquals(List.of(0, 1, 2, 7), DictionaryOrder.of(List.of(7, 2, 1, 0)));
  }

  @Test
  void idsThatFallIntoOneSlotMoveOn() {
    assertEquals(List.of(8, 1, 2, 0), DictionaryOrder.of(List.of(1, 2, 8, 0)));
    assertEquals(List.of(0, 9, 2, 8, 1), DictionaryOrder.of(List.of(0, 2, 9, 8, 1)));
    assertEquals(List.of(0, 9, 17, 1), DictionaryOrder.of(List.of(9, 1, 17, 0)));
    assertEquals(List.of(15, 0, 7, 255), DictionaryOrder.of(List.of(255, 7, 15, 0)));
    assertEquals(List.of(0, 29, 21, 5, 13), DictionaryOrder.of(List.of(5, 13, 21, 29, 0)));
  }

  @Test
  void aSixthEntryMakesTheTableLarge() {
    assertEquals(List.of(0, 1, 2, 3, 8, 30), DictionaryOrder.of(List.of(30, 8, 3, 2, 1, 0)));
  }
}
