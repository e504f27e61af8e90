package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Irq;
import org.vzrig.emulator.port.UartPort;

class UartTest {
  private static final int ON = 0x8000;
  private static final int RX_TX = 0x1400;
  private static final int URXDA = 1;
  private static final int OERR = 2;
  private static final int FERR = 4;
  private static final int PERR = 8;
  private static final int TRMT = 0x100;
  private static final int UTXBF = 0x200;

  /** 115200 baud at PBCLK2 = 100 MHz. */
  private static final int BRG = 53;

  private static final long BIT = 16 * 54 * 2;
  private static final long FRAME = 10 * BIT;

  private final TestChip t = new TestChip();
  private final UartPort port = t.chip().uart(4);
  private final List<String> sent = new ArrayList<>();

  @BeforeEach
  void open() {
    t.chip().routeConsole();
    port.onTransmit((cycle, value) -> sent.add(cycle + ":" + (char) value));
    t.set("U4BRG", BRG);
    t.set("U4MODE", ON);
    t.set("U4STA", RX_TX);
  }

  @Test
  void resetValuesAreTheDataSheets() {
    assertEquals(0x110, new TestChip().get("U1STA"));
  }

  @Test
  void aCharacterLeavesOneFrameAfterItIsWritten() {
    t.set("U4TXREG", 'A');
    assertEquals(0, t.get("U4STA") & TRMT);
    t.pass(FRAME - 1);
    assertTrue(sent.isEmpty());
    t.pass(1);
    assertEquals(List.of(FRAME + ":A"), sent);
    assertEquals(TRMT, t.get("U4STA") & TRMT);
    assertEquals(115_740, port.baud());
    assertTrue(t.quiet());
  }

  @Test
  void eightCharactersWaitBehindTheShifter() {
    for (int i = 0; i < 10; i++) {
      assertEquals(i == 9, (t.get("U4STA") & UTXBF) != 0);
      t.set("U4TXREG", 'a' + i);
    }
    t.pass(20 * FRAME);
    assertEquals(9, sent.size());
    assertEquals(9 * FRAME + ":i", sent.get(8));
  }

  @Test
  void twoStopBitsAndParityLengthenTheFrame() {
    t.set("U4MODE", ON | 1 | 2 << 1);
    t.set("U4TXREG", 'x');
    t.pass(12 * BIT);
    assertEquals(List.of(12 * BIT + ":x"), sent);
  }

  @Test
  void transmitRequestFollowsItsSelection() {
    int flag = 1 << Irq.uartTransmit(4) % 32;
    t.set("U4STA", RX_TX | 2 << 14);
    t.set("U4TXREG", '1');
    t.set("U4TXREG", '2');
    t.set("IFS5CLR", flag);
    assertEquals(0, t.get("IFS5") & flag);
    t.pass(FRAME);
    assertEquals(flag, t.get("IFS5") & flag, "buffer empty, last character still shifting");
    t.set("U4STA", RX_TX | 1 << 14);
    t.set("IFS5CLR", flag);
    assertEquals(0, t.get("IFS5") & flag);
    t.pass(FRAME);
    assertEquals(flag, t.get("IFS5") & flag, "all sent");
    t.set("IFS5CLR", flag);
    assertEquals(flag, t.get("IFS5") & flag, "the condition stands");
  }

  @Test
  void receivedCharactersArriveAtLineRate() {
    port.receive('h');
    port.receive('i');
    t.pass(FRAME - 1);
    assertEquals(0, t.get("U4STA") & URXDA);
    t.pass(1);
    assertEquals(URXDA, t.get("U4STA") & URXDA);
    assertEquals('h', t.get("U4RXREG"));
    assertEquals(0, t.get("U4STA") & URXDA);
    t.pass(FRAME);
    assertEquals('i', t.bus().read(TestChip.address("U4RXREG"), 1));
    assertEquals(0x10, t.get("U4STA") & 0x10, "receiver idle");
  }

  @Test
  void theNinthUnreadCharacterStopsReceptionUntilOerrIsCleared() {
    for (int i = 0; i < 10; i++) {
      port.receive('0' + i);
    }
    t.pass(8 * FRAME);
    assertEquals(0, t.get("U4STA") & OERR);
    t.pass(2 * FRAME);
    assertEquals(OERR, t.get("U4STA") & OERR);
    assertEquals('0', t.get("U4RXREG"));
    port.receive('x');
    t.pass(FRAME);
    assertEquals(3, port.overruns());
    t.set("U4STACLR", OERR);
    assertEquals(0, t.get("U4STA") & (OERR | URXDA));
    port.receive('y');
    t.pass(FRAME);
    assertEquals('y', t.get("U4RXREG"));
  }

  @Test
  void softwareCannotSetOerr() {
    t.set("U4STASET", OERR);
    assertEquals(0, t.get("U4STA") & OERR);
  }

  @Test
  void errorsBelongToTheCharacterOnTop() {
    int fault = 1 << Irq.uartFault(4) % 32;
    port.receiveFramingError('f');
    port.receiveParityError('p');
    port.receiveBreak();
    t.pass(3 * FRAME);
    assertEquals(FERR, t.get("U4STA") & (FERR | PERR));
    assertEquals(fault, t.get("IFS5") & fault);
    assertEquals('f', t.get("U4RXREG"));
    assertEquals(PERR, t.get("U4STA") & (FERR | PERR));
    assertEquals('p', t.get("U4RXREG"));
    assertEquals(FERR, t.get("U4STA") & (FERR | PERR));
    assertEquals(0, t.get("U4RXREG"));
  }

  @Test
  void receiveRequestFollowsItsSelection() {
    int flag = 1 << Irq.uartReceive(4) % 32;
    t.set("U4STA", RX_TX | 1 << 6);
    for (int i = 0; i < 4; i++) {
      assertEquals(0, t.get("IFS5") & flag);
      port.receive('r');
      t.pass(FRAME);
    }
    assertEquals(flag, t.get("IFS5") & flag);
  }

  @Test
  void anUnroutedUartNeitherSpeaksNorHears() {
    t.set("RPF8R", 0);
    t.set("U4RXR", 0);
    t.set("U4TXREG", 'A');
    port.receive('B');
    t.pass(10 * FRAME);
    assertTrue(sent.isEmpty());
    assertEquals(0, t.get("U4STA") & URXDA);
    t.set("U4RXR", 0xB);
    t.pass(FRAME);
    assertEquals('B', t.get("U4RXREG"));
  }

  @Test
  void loopbackStaysInside() {
    t.set("U4MODE", ON | 1 << 6);
    t.set("U4TXREG", 'L');
    t.pass(FRAME);
    assertTrue(sent.isEmpty());
    assertEquals('L', t.get("U4RXREG"));
  }

  @Test
  void wakeRaisesTheRequestAtTheStartBit() {
    int flag = 1 << Irq.uartReceive(4) % 32;
    t.set("U4MODESET", 1 << 7);
    port.receive('w');
    assertEquals(flag, t.get("IFS5") & flag);
    assertEquals(0, t.get("U4MODE") & 1 << 7);
  }

  @Test
  void switchingOffEmptiesBuffers() {
    port.receive('a');
    t.pass(FRAME);
    t.set("U4TXREG", 'z');
    t.set("U4MODECLR", ON);
    assertEquals(0x110, t.get("U4STA") & 0x31F);
    t.pass(FRAME);
    assertTrue(sent.isEmpty());
    assertTrue(t.quiet());
  }

  @Test
  void pmdHidesTheModule() {
    t.unlock();
    t.set("PMD5SET", 1 << 3);
    assertEquals(0, t.get("U4STA"));
    t.set("U4BRG", 5);
    t.set("PMD5CLR", 1 << 3);
    assertEquals(0x110, t.get("U4STA"));
    assertEquals(0, t.get("U4BRG"));
  }

  @Test
  void peripheralClockChangesTheFrame() {
    t.unlock();
    t.set("PB2DIV", 0x8000);
    t.set("U4TXREG", 'q');
    t.pass(FRAME / 2);
    assertFalse(sent.isEmpty());
  }
}
