package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdcTest {
  private static final int MICRO = 200;

  private final TestChip t = new TestChip();

  @BeforeEach
  void on() {
    t.set("ADCCON1", 0x0060_8000);
    t.set("ADCANCON", 0x81);
    t.set("ADCCON3", 0x0081_0000);
    t.chip().analog().set(0, 3300);
    t.chip().analog().set(5, 1650);
    t.chip().analog().set(20, 825);
  }

  @Test
  void startingUpEndsWithTheReadyBits() {
    assertEquals(1 << 31, t.get("ADCCON2") & 1 << 31);
    assertEquals(0x8181, t.get("ADCANCON"));
  }

  @Test
  void theSoftwareTriggerConvertsTheInputsThatNameIt() {
    t.set("ADCTRG1", 1);
    t.set("ADCTRG2", 1 << 8);
    t.set("ADCCON3", 0x0081_0040);
    assertEquals(0, t.get("ADCCON3") & 0x40);
    assertEquals(0, t.get("ADCDSTAT1"));
    t.pass(2 * MICRO);
    assertEquals(0x21, t.get("ADCDSTAT1"));
    assertEquals(4095, t.get("ADCDATA0"));
    assertEquals(2047, t.get("ADCDATA5"));
    assertEquals(0, t.get("ADCDSTAT1"));
  }

  @Test
  void aSingleConversionOnRequest() {
    t.set("ADCCON3", 0x0081_0100 | 20);
    t.pass(MICRO);
    assertEquals(1023, t.get("ADCDATA20"));
  }

  @Test
  void aDedicatedConverterTakesItsOtherInput() {
    t.chip().analog().set(45, 825);
    t.set("ADCTRGMODE", 1 << 16);
    t.set("ADCCON3", 0x0081_0100);
    t.pass(MICRO);
    assertEquals(1023, t.get("ADCDATA0"));
  }

  @Test
  void theScanEndsWithItsRequest() {
    t.set("ADCCON1", 0x0061_8000);
    t.set("ADCCON2", 1 << 13);
    t.set("ADCCSS1", 1 << 20 | 1 << 21);
    t.set("ADCCON3", 0x0081_0040);
    t.pass(MICRO);
    assertFalse(t.chip().evic().flagged(192));
    t.pass(MICRO);
    assertTrue(t.chip().evic().flagged(192));
    assertEquals(1 << 29, t.get("ADCCON2") & 1 << 29);
  }

  @Test
  void dataRequestsStandUntilTheDataIsRead() {
    t.set("ADCGIRQEN1", 1 << 20);
    t.set("ADCCON3", 0x0081_0100 | 20);
    t.pass(MICRO);
    assertTrue(t.chip().evic().standing(59 + 20));
    assertTrue(t.chip().evic().standing(44));
    t.get("ADCDATA20");
    assertFalse(t.chip().evic().standing(59 + 20));
  }

  @Test
  void aTimerTriggers() {
    t.set("ADCTRG1", 6);
    t.set("PR3", 100);
    t.set("T3CON", 0x8000);
    t.pass(202 + MICRO);
    assertEquals(1, t.get("ADCDSTAT1"));
  }

  @Test
  void aConverterThatIsOffConvertsNothing() {
    t.set("ADCCON3", 0x0001_0100 | 20);
    t.pass(10 * MICRO);
    assertEquals(0, t.get("ADCDSTAT1"));
  }
}
