package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;
import org.vzrig.boards.Pin;

class CompareCaptureTest {
  private static final Pin OC1_PIN = Pin.of("RD1");
  private static final Pin IC1_PIN = Pin.of("RD5");

  private final TestChip t = new TestChip();
  private final List<String> edges = new ArrayList<>();

  @BeforeEach
  void route() {
    t.set("RPD1R", 12);
    t.set("IC1R", 6);
    t.chip()
        .pins()
        .onChange(
            (cycle, pin, level) -> {
              if (pin.equals(OC1_PIN)) {
                edges.add(cycle + (level ? "+" : "-"));
              }
            });
  }

  @Test
  void pulseWidthFollowsTimerAndDuty() {
    t.set("PR2", 99);
    t.set("OC1RS", 25);
    t.set("OC1R", 25);
    t.set("OC1CON", 0x8006);
    t.set("T2CON", 0x8000);
    t.pass(410);
    assertEquals(List.of("198+", "250-", "398+"), edges);
    assertFalse(t.chip().evic().flagged(Irq.timer(1) + 3));
    t.set("OC1RS", 50);
    t.pass(400);
    assertEquals(List.of("450-", "598+", "700-", "798+"), edges.subList(3, 7));
  }

  @Test
  void toggleRaisesTheRequestAtEachMatch() {
    t.set("PR2", 99);
    t.set("OC1R", 10);
    t.set("OC1CON", 0x8003);
    t.set("T2CON", 0x8000);
    t.pass(500);
    assertEquals(List.of("20+", "220-", "420+"), edges);
    assertTrue(t.chip().evic().flagged(Irq.timer(1) + 3));
  }

  @Test
  void aSinglePulseEndsAtRs() {
    t.set("PR2", 99);
    t.set("OC1R", 10);
    t.set("OC1RS", 20);
    t.set("OC1CON", 0x8004);
    t.set("T2CON", 0x8000);
    t.pass(1000);
    assertEquals(List.of("20+", "40-"), edges);
  }

  @Test
  void capturesTakeTheTimersCount() {
    t.set("T2CON", 0x8000);
    t.set("IC1CON", 0x8000 | 1 << 7 | 3);
    t.pass(200);
    t.chip().pins().drive(IC1_PIN, true);
    t.pass(200);
    t.chip().pins().drive(IC1_PIN, false);
    t.chip().pins().drive(IC1_PIN, true);
    assertTrue(t.chip().evic().flagged(Irq.timer(1) + 2));
    assertEquals(8, t.get("IC1CON") & 0x18);
    assertEquals(100, t.get("IC1BUF"));
    assertEquals(200, t.get("IC1BUF"));
    assertEquals(0, t.get("IC1CON") & 8);
  }

  @Test
  void theFifthUnreadCaptureOverflows() {
    t.set("T2CON", 0x8000);
    t.set("IC1CON", 0x8000 | 1 << 7 | 1);
    for (int i = 0; i < 5; i++) {
      t.chip().pins().drive(IC1_PIN, i % 2 == 0);
    }
    assertEquals(0x18, t.get("IC1CON") & 0x18);
    assertTrue(t.chip().evic().flagged(Irq.timer(1) + 1));
  }
}
