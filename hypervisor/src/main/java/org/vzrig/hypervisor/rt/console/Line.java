package org.vzrig.hypervisor.rt.console;

import java.util.function.IntConsumer;
import org.vzrig.boards.Uart;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.core.InterruptUnit;

/** Root's driver of the console's UART: 115200 baud, drained by the transmit interrupt. */
public final class Line {
  private static final int[] RECEIVE_IRQ = {113, 146, 158, 171, 180, 189};
  private static final int FIRST = 0x1F822000;
  private static final int STEP = 0x200;
  private static final int STA = 0x10;
  private static final int STACLR = 0x14;
  private static final int TXREG = 0x20;
  private static final int RXREG = 0x30;
  private static final int BRG = 0x40;
  private static final int URXDA = 1;
  private static final int OERR = 2;
  private static final int UTXBF = 1 << 9;

  /** ON, WAKE, two stop bits. */
  private static final int MODE_ON = 0x8081;

  /** Transmit interrupt when all is sent; receiver and transmitter on. */
  private static final int STA_ON = 0x5400;

  /** Highest priority. */
  private static final int RECEIVE_PRIORITY = 0x1F;

  private final Core core;
  private final InterruptUnit interrupts;
  private final LogRing log;
  private final int base;
  private final int receiveIrq;
  private long overruns;
  private int divisor;

  /** A driver for {@code uart} that sends {@code log}. */
  public Line(Core core, InterruptUnit interrupts, Uart uart, LogRing log) {
    this.core = core;
    this.interrupts = interrupts;
    this.log = log;
    base = FIRST + (uart.number() - 1) * STEP;
    receiveIrq = RECEIVE_IRQ[uart.number() - 1];
  }

  /** Number of the receive interrupt. */
  public int receiveIrq() {
    return receiveIrq;
  }

  /** Number of the transmit interrupt. */
  public int transmitIrq() {
    return receiveIrq + 1;
  }

  /** Sets the UART up; {@code peripheralHz} is PBCLK2. */
  public void open(long peripheralHz, int baud) {
    divisor = (int) ((peripheralHz / 8 / baud + 1) / 2 - 1);
    core.write(base + BRG, divisor);
    core.write(base, MODE_ON);
    core.write(base + STA, STA_ON);
  }

  /** What BRG holds. */
  public int divisor() {
    return divisor;
  }

  /** Lets received characters interrupt. */
  public void listen() {
    interrupts.priority(receiveIrq, RECEIVE_PRIORITY);
    interrupts.unmask(receiveIrq);
  }

  /** Fills the transmitter from the log; its interrupt asks for more. */
  public void send() {
    while (!log.isEmpty() && (core.read(base + STA) & UTXBF) == 0) {
      core.write(base + TXREG, log.take());
    }
    if (log.isEmpty()) {
      interrupts.mask(transmitIrq());
    } else {
      interrupts.unmask(transmitIrq());
    }
  }

  /** The transmit interrupt has come. */
  public void transmitReady() {
    interrupts.mask(transmitIrq());
    interrupts.acknowledge(transmitIrq());
    send();
  }

  /** The receive interrupt has come: hands over what has arrived. */
  public void received(IntConsumer taker) {
    int status = core.read(base + STA);
    while ((status & URXDA) != 0) {
      taker.accept(core.read(base + RXREG) & 0xFF);
      status = core.read(base + STA);
    }
    if ((status & OERR) != 0) {
      overruns++;
      core.write(base + STACLR, OERR);
    }
    interrupts.acknowledge(receiveIrq);
  }

  /** How often characters were lost because they were not fetched in time. */
  public long overruns() {
    return overruns;
  }
}
