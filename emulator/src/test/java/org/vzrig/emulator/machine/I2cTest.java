package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;
import org.vzrig.emulator.device.I2cRegisters;

class I2cTest {
  private static final int ACKSTAT = 0x8000;

  private final TestChip t = new TestChip();
  private final I2cRegisters device = new I2cRegisters();

  @BeforeEach
  void open() {
    t.chip().i2c(1).attach(0x48, device);
    t.set("I2C1BRG", 123);
    t.set("I2C1CON", 0x9000);
  }

  private void action(int bit) {
    t.set("I2C1CONSET", bit);
    for (int i = 0; i < 10_000 && (t.get("I2C1CON") & 0x1F) != 0; i++) {
      t.pass(100);
    }
    assertEquals(0, t.get("I2C1CON") & 0x1F);
  }

  private int send(int value) {
    t.set("I2C1TRN", value);
    assertEquals(0x4001, t.get("I2C1STAT") & 0x4001);
    for (int i = 0; i < 10_000 && (t.get("I2C1STAT") & 0x4000) != 0; i++) {
      t.pass(100);
    }
    return t.get("I2C1STAT") & ACKSTAT;
  }

  @Test
  void aRegisterIsWrittenAndReadBack() {
    action(1);
    assertEquals(8, t.get("I2C1STAT") & 0x18);
    assertEquals(0, send(0x48 << 1));
    assertEquals(0, send(0x10));
    assertEquals(0, send(0xAB));
    action(4);
    assertEquals(0x10, t.get("I2C1STAT") & 0x18);
    assertEquals(0xAB, device.get(0x10));
    device.set(0x11, 0xCD);
    action(1);
    send(0x48 << 1);
    send(0x10);
    action(2);
    send(0x48 << 1 | 1);
    action(8);
    assertEquals(2, t.get("I2C1STAT") & 2);
    assertEquals(0xAB, t.get("I2C1RCV"));
    action(0x10);
    action(8);
    assertEquals(0xCD, t.get("I2C1RCV"));
    action(4);
    assertTrue(t.chip().evic().flagged(Irq.i2cBus(1) + 2));
  }

  @Test
  void nobodyAcknowledgesAnUnknownAddress() {
    action(1);
    assertEquals(ACKSTAT, send(0x20 << 1));
  }

  @Test
  void writingWhileBusyIsACollision() {
    action(1);
    t.set("I2C1TRN", 0x90);
    t.set("I2C1TRN", 0x91);
    assertEquals(0x80, t.get("I2C1STAT") & 0x80);
  }
}
