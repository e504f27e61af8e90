package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WindowTest {
  private static final int RAM = 0x8000_0000;
  private static final int FLASH = 0x9D00_0000;

  private final byte[] ram = new byte[0x8000];
  private final byte[] flash = new byte[0x20_0000];
  private final Window window = new Window();

  @Test
  void runsThatTouchAreJoinedInBothSegments() {
    window.offer(RAM + 0x1000, 0x1000, ram, 0x1000, true);
    window.offer(RAM + 0x2000_2000, 0x1000, ram, 0x2000, true);
    assertEquals(0x2000, window.size);
    assertTrue(window.covers(RAM + 0x2FFF));
    assertTrue(window.covers(RAM + 0x2000_1000));
    assertFalse(window.covers(RAM + 0x3000));
  }

  @Test
  void dataIsPreferredToLongerConstants() {
    window.offer(FLASH, flash.length, flash, 0, false);
    assertSame(flash, window.memory);
    window.offer(RAM, ram.length, ram, 0, true);
    assertSame(ram, window.memory);
    window.offer(FLASH, flash.length, flash, 0, false);
    assertSame(ram, window.memory);
    window.clear();
    window.offer(FLASH, 0x1000, flash, 0, false);
    assertTrue(window.covers(FLASH));
  }

  @Test
  void theLongerOfTwoOfAKindStays() {
    window.offer(RAM, 0x2000, ram, 0, true);
    window.offer(RAM + 0x5000, 0x1000, ram, 0x5000, true);
    assertTrue(window.covers(RAM));
    window.offer(RAM + 0x4000, 0x3000, ram, 0x4000, true);
    assertFalse(window.covers(RAM));
    assertTrue(window.covers(RAM + 0x6FFF));
  }
}
