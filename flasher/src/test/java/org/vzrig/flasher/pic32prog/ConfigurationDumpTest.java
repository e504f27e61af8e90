package org.vzrig.flasher.pic32prog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.flasher.Family;

class ConfigurationDumpTest {
  /** The WiFire's words: values stand under their digits, meanings in column 23. */
  @Test
  void wifire() {
    assertEquals(
        """
        Configuration:
            DEVCFG0 = fffff7d7
                             3 Debugger disabled
                             4 JTAG enabled
                             8 Use PGC2/PGD2
                            2  Trace port disabled
                           3   Flash ECC disabled, unlocked
            DEVCFG1 = 03743cb9
                             1 System PLL
                            8  Internal-external switch over enabled
                           0   Primary oscillator: External
                           4   CLKO output disabled
            DEVCFG2 = fff9b11a
                             2 PLL divider: 1/3
                            1  PLL input frequency range: 5-10 MHz
                          31   PLL feedback divider: x50
                         1     PLL postscaler: 1/2
                      4        USB PLL input clock: 24 MHz
                      8        Enable USB PLL
            DEVCFG3 = 86ffffff
                       2       Default Ethernet pins
                               USBID pin: controlled by port
        """,
        ConfigurationDump.of(Family.MZ, 0xFFFF_F7D7, 0x0374_3CB9, 0xFFF9_B11A, 0x86FF_FFFF));
  }

  @Test
  void erasedAndEmptyWordsAreNotPrinted() {
    assertEquals("", ConfigurationDump.of(Family.MZ, 0x7FFF_FFFF, -1, -1, -1));
    assertEquals("", ConfigurationDump.of(Family.MX1, 0, 0, 0, 0));
    assertEquals("", ConfigurationDump.of(Family.BOOTLOADER, 1, 2, 3, 4));
    assertTrue(ConfigurationDump.of(Family.MX3, -1, -1, -1, -1).startsWith("Configuration:\n"));
  }

  @Test
  void watchdogAndDeadmanTimerOnlyWhenEnabled() {
    String off = ConfigurationDump.of(Family.MZ, -1, 0x4374_3CB9, -1, -1);
    assertFalse(off.contains("Watchdog") || off.contains("Deadman"), off);
    String on = ConfigurationDump.of(Family.MZ, -1, 0xC3F4_3CB9, -1, -1);
    assertTrue(on.contains("                14     Watchdog postscale: 1/1048576\n"), on);
    assertTrue(on.contains("                    38 Deadman timer: 127/128\n"), on);
    assertTrue(on.contains("             10        Deadman timer count: 2^24\n"), on);
  }

  @Test
  void theMxHaveTheirOwnFields() {
    String text = ConfigurationDump.of(Family.MX1, 0x7FFF_FFFB, 0xFF94_CDDB, 0xFFF9_79D9, 0x1234);
    assertTrue(text.contains("                    18 Use PGC1/PGD1\n"), text);
    assertTrue(text.contains("                14     Watchdog postscale: 1/1048576\n"), text);
    assertTrue(text.contains("                    5  PLL multiplier: 20x\n"), text);
    assertTrue(text.contains("                  1234 User-defined ID\n"), text);
    String mx3 = ConfigurationDump.of(Family.MX3, -1, -1, -1, 0x0702_0000);
    assertTrue(mx3.contains("                 2     Assign irq priority 2 to shadow set\n"), mx3);
    assertTrue(mx3.contains("               4       Default CAN i/o pins\n"), mx3);
  }
}
