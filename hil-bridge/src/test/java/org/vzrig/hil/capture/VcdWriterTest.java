package org.vzrig.hil.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.machine.CycleTime;

class VcdWriterTest {
  private static final Pin RG6 = Pin.of("RG6");
  private static final Pin RB0 = Pin.of("RB0");
  private final StringWriter text = new StringWriter();

  private VcdWriter writer() throws IOException {
    return new VcdWriter(
        text,
        new CycleTime(200_000_000),
        "chipKIT WiFire",
        List.of(
            new VcdWriter.Signal("leds", "LD1", RG6, false),
            new VcdWriter.Signal("leds", "LD5", RB0, true)),
        List.of(1, 4),
        pin -> pin.equals(Pin.of("RA5")));
  }

  @Test
  void showsPinsAsSignalsAndInTheirPort() throws IOException {
    VcdWriter vcd = writer();
    vcd.pin(200, RG6, true);
    vcd.pin(200, RB0, true);
    vcd.pin(401, RG6, false);
    vcd.close(2000);
    VcdFile read = new VcdFile(text.toString());
    assertEquals("1ns", read.timescale);
    assertEquals(List.of(1000L), read.times("chipKIT_WiFire.leds.LD1", "1"));
    assertEquals(List.of(0L, 2005L), read.times("chipKIT_WiFire.leds.LD1", "0"));
    assertEquals(List.of(0L), read.times("chipKIT_WiFire.leds.LD5", "1"), "active low");
    assertEquals(List.of(1000L), read.times("chipKIT_WiFire.leds.LD5", "0"));
    assertEquals(List.of(1000L), read.times("chipKIT_WiFire.ports.PORTG[6]", "1"));
    assertEquals(List.of(0L), read.times("chipKIT_WiFire.ports.PORTA[5]", "1"));
    assertEquals(10_000, read.end);
  }

  @Test
  void tellsEqualBytesInARowApart() throws IOException {
    VcdWriter vcd = writer();
    vcd.sent(100, 4, '#');
    vcd.sent(200, 4, '#');
    vcd.received(300, 4, 0x05);
    vcd.sent(300, 2, 'x');
    vcd.close(400);
    VcdFile read = new VcdFile(text.toString());
    assertEquals(List.of(500L), read.times("chipKIT_WiFire.uart4.tx[5]", "1"));
    assertEquals(List.of(500L), read.times("chipKIT_WiFire.uart4.tx[0]", "1"));
    assertEquals(List.of(0L), read.times("chipKIT_WiFire.uart4.tx[7]", "0"));
    assertEquals(List.of(500L), read.times("chipKIT_WiFire.uart4.tx_strobe", "1"));
    assertEquals(List.of(0L, 1000L), read.times("chipKIT_WiFire.uart4.tx_strobe", "0"));
    assertEquals(List.of(1500L), read.times("chipKIT_WiFire.uart4.rx[2]", "1"));
    assertTrue(read.signals.containsKey("chipKIT_WiFire.uart1.rx[0]"));
  }

  @Test
  void neverGoesBackInTime() throws IOException {
    VcdWriter vcd = writer();
    vcd.pin(400, RG6, true);
    vcd.sent(399, 4, 'a');
    vcd.close(0);
    VcdFile read = new VcdFile(text.toString());
    assertEquals(List.of(2000L), read.times("chipKIT_WiFire.uart4.tx[6]", "1"));
  }

  @Test
  void saysWhereEventsAreMissing() throws IOException {
    VcdWriter vcd = writer();
    vcd.lost(100, 7);
    vcd.close(200);
    assertTrue(text.toString().contains("#500\n$comment 7 events lost here $end\n"));
    assertEquals(1000, new VcdFile(text.toString()).end);
  }
}
