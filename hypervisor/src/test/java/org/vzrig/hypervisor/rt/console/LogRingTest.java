package org.vzrig.hypervisor.rt.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LogRingTest {
  private final LogRing ring = new LogRing();

  @Test
  void keepsTheOrderAcrossItsEnd() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 5000; i++) {
        ring.put(i);
      }
      for (int i = 0; i < 5000; i++) {
        assertEquals(i & 0xFF, ring.take());
      }
    }
    assertTrue(ring.isEmpty());
  }

  @Test
  void neverOverwritesUnreadTextAndCountsWhatItLoses() {
    for (int i = 0; i < LogRing.SIZE + 10; i++) {
      ring.put(i);
    }
    assertEquals(10, ring.lost());
    assertEquals(0, ring.take());
    assertEquals(1, ring.take());
  }

  @Test
  void guestsLeaveRoomForRoot() {
    while (ring.hasRoomForGuests()) {
      ring.put('~');
    }
    for (int i = 0; i < LogRing.SIZE / 2; i++) {
      ring.put('!');
    }
    assertEquals(0, ring.lost());
    assertFalse(ring.hasRoomForGuests());
  }
}
