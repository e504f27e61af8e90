package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.port.PinPort;

class PortTest {
  private static final Pin RG6 = Pin.of("RG6");
  private static final Pin RD4 = Pin.of("RD4");

  private final TestChip t = new TestChip();
  private final PinPort pins = t.chip().pins();

  private boolean noticed() {
    int irq = Irq.CHANGE_NOTICE_A + RD4.portIndex();
    boolean flag = (t.get("IFS" + irq / 32) >>> irq % 32 & 1) != 0;
    t.set("IFS" + irq / 32 + "CLR", 1 << irq % 32);
    return flag;
  }

  @Test
  void resetLeavesEveryPinAnInput() {
    assertEquals(0x83C0, t.get("ANSELG"));
    assertEquals(0xF3C3, t.get("TRISG"));
    assertFalse(pins.drivenByChip(RG6));
  }

  @Test
  void latchWritesReachThePinAndTheOutside() {
    List<String> seen = new ArrayList<>();
    pins.onChange((cycle, pin, level) -> seen.add(cycle + " " + pin + " " + level));
    t.set("TRISGCLR", 1 << 6);
    t.pass(10);
    t.set("LATGSET", 1 << 6);
    t.pass(10);
    t.set("LATGINV", 1 << 6);
    t.pass(10);
    t.set("PORTGSET", 1 << 6);
    assertEquals(List.of("10 RG6 true", "20 RG6 false", "30 RG6 true"), seen);
    assertEquals(1 << 6, t.get("LATG"));
    assertTrue(pins.level(RG6));
  }

  @Test
  void analogPinsReadZero() {
    pins.drive(RG6, true);
    assertEquals(0, t.get("PORTG") & 1 << 6);
    t.set("ANSELGCLR", 1 << 6);
    assertEquals(1 << 6, t.get("PORTG") & 1 << 6);
  }

  @Test
  void theChipsOutputWinsAgainstTheBoard() {
    pins.drive(RD4, true);
    assertTrue(pins.level(RD4));
    t.set("LATD", 0);
    t.set("TRISDCLR", 1 << 4);
    assertFalse(pins.level(RD4));
    t.set("TRISDSET", 1 << 4);
    assertTrue(pins.level(RD4));
    pins.release(RD4);
    assertFalse(pins.level(RD4));
  }

  @Test
  void pullsAndOpenDrain() {
    t.set("CNPUD", 1 << 4);
    assertTrue(pins.level(RD4));
    t.set("ODCD", 1 << 4);
    t.set("LATDSET", 1 << 4);
    t.set("TRISDCLR", 1 << 4);
    assertTrue(pins.level(RD4));
    assertFalse(pins.drivenByChip(RD4));
    t.set("LATDCLR", 1 << 4);
    assertFalse(pins.level(RD4));
    assertTrue(pins.drivenByChip(RD4));
  }

  @Test
  void mismatchNoticeIsEndedByReadingThePort() {
    t.set("CNCOND", 0x8000);
    t.set("CNEND", 1 << 4);
    t.get("PORTD");
    pins.drive(RD4, true);
    assertTrue(noticed());
    assertEquals(1 << 4, t.get("CNSTATD"));
    t.get("PORTD");
    assertEquals(0, t.get("CNSTATD"));
    pins.drive(RD4, false);
    assertTrue(noticed());
    pins.drive(Pin.of("RD5"), true);
    assertFalse(noticed());
  }

  @Test
  void edgeNoticeSelectsItsEdges() {
    t.set("CNCOND", 0x8800);
    t.set("CNNED", 1 << 4);
    pins.drive(RD4, true);
    assertFalse(noticed());
    pins.drive(RD4, false);
    assertTrue(noticed());
    assertEquals(1 << 4, t.get("CNFD"));
    t.set("CNFDCLR", 1 << 4);
    t.set("CNEND", 1 << 4);
    pins.drive(RD4, true);
    assertTrue(noticed());
  }

  @Test
  void theLatchSurvivesAReset() {
    t.set("LATDSET", 1 << 4);
    t.chip().reset(org.vzrig.emulator.periph.ResetCause.SOFTWARE);
    assertEquals(1 << 4, t.get("LATD"));
    assertEquals(0xFE3F, t.get("TRISD"));
  }

  @Test
  void pinsThatThePackageLacksReadZero() {
    t.set("LATDSET", 1 << 6);
    assertEquals(0, t.get("LATD") & 1 << 6);
  }

  @Test
  void aRoutedUartIdlesHighWhateverTris() {
    t.chip().routeConsole();
    assertTrue(pins.level(Pin.of("RF8")));
    assertTrue(pins.drivenByChip(Pin.of("RF8")));
  }

  @Test
  void externalInterruptsWantTheirEdge() {
    t.set("INT1R", 0);
    t.set("INTCON", 1 << 1);
    pins.drive(Pin.of("RD1"), true);
    assertTrue(t.chip().evic().flagged(8));
    t.set("IFS0CLR", 1 << 8);
    pins.drive(Pin.of("RD1"), false);
    assertFalse(t.chip().evic().flagged(8));
    pins.drive(Pin.of("RD0"), true);
    assertFalse(t.chip().evic().flagged(3));
    pins.drive(Pin.of("RD0"), false);
    assertTrue(t.chip().evic().flagged(3));
  }
}
