package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;

/**
 * Modules with nothing behind their pins: CAN without a bus, Ethernet without a PHY, USB without a
 * cable, SQI and EBI without a memory, PMP, comparators and voltage reference.
 */
public final class Unconnected {
  private static final int CAN_ON = 1 << 15;
  private static final int CAN_BUSY = 1 << 11;
  private static final int CAN_FRESET = 1 << 14;
  private static final int CAN_TXEN = 1 << 7;
  private static final int CAN_TX_EMPTY = 0x700;
  private static final int SQI_EN = 1;
  private static final int SQI_STABLE = 1 << 1;
  private static final int EMAC_READ = 1;
  private static final int NO_PHY = 0xFFFF;

  private Unconnected() {}

  /** CAN {@code n}: changes its mode when asked to, but nobody acknowledges a message. */
  public static PassiveModule can(int n) {
    String c = "C" + n;
    PassiveModule can =
        new PassiveModule(0x1F88_0000 + 0x1000 * (n - 1), 0x1000)
            .resets(c + "CON", 0x0480_0000)
            .readOnly(c + "VEC", c + "TREC", c + "FSTAT", c + "RXOVF");
    Register con = can.register(c + "CON");
    con.rw(0x0F80_A01F & ~0x0080_0000)
        .onWrite(
            (old, now) -> {
              con.clear(7 << 21 | CAN_BUSY);
              con.set((now >>> 24 & 7) << 21 | ((now & CAN_ON) != 0 ? CAN_BUSY : 0));
            });
    for (int i = 0; i < 32; i++) {
      Register fifo = can.register(c + "FIFOCON" + i);
      Register state = can.register(c + "FIFOINT" + i);
      fifo.onWrite(
          (old, now) -> {
            fifo.clear(CAN_FRESET);
            state.put(CAN_TX_EMPTY, (now & CAN_TXEN) != 0);
          });
    }
    return can;
  }

  /** The Ethernet controller: reads of PHY registers give ones, as with no PHY there. */
  public static PassiveModule ethernet() {
    PassiveModule ethernet =
        new PassiveModule(0x1F88_2000, 0x400)
            .resets("EMAC1CFG1", 0x800D, "EMAC1CFG2", 0x4082, "EMAC1IPGT", 0x12)
            .resets("EMAC1IPGR", 0x0C12, "EMAC1CLRT", 0x370F, "EMAC1MAXF", 0x05EE)
            .resets("EMAC1SUPP", 0x1000, "EMAC1MCFG", 0x20, "EMAC1MADR", 0x0100)
            .readOnly("EMAC1MIND", "EMAC1MRDD", "ETHSTAT");
    Register data = ethernet.register("EMAC1MRDD");
    ethernet
        .register("EMAC1MCMD")
        .onWrite(
            (old, now) -> {
              if ((now & EMAC_READ) != 0) {
                data.value(NO_PHY);
              }
            });
    return ethernet;
  }

  /** The USB core: no session, no device, no request. */
  public static PassiveModule usb() {
    return new PassiveModule(0x1F8E_3000, 0x400)
        .resets("USBCSR0", 0x2000, "USBCSR1", 0x00FF_0000, "USBCSR2", 0x0600_00FE)
        .resets("USBHWVER", 0x0800, "USBINFO", 0x3C5C_8C77, "USBEOFRST", 0x0072_7780)
        .readOnly("USBHWVER", "USBINFO");
  }

  /** USB clock and reset control. */
  public static PassiveModule usbControl() {
    PassiveModule control = new PassiveModule(0x1F88_4000, 0x100);
    control.register("USBCRCON").rw(0x0300_01FB);
    return control;
  }

  /** The serial quad interface: its clock becomes stable, its buffers stay empty. */
  public static PassiveModule sqi() {
    PassiveModule sqi =
        new PassiveModule(0x1F8E_2000, 0x100)
            .resets("SQI1XCON1", 0x002C_0C00, "SQI1XCON2", 0xA0, "SQI1CFG", 0x8000)
            .resets("SQI1INTSTAT", 0xAD)
            .readOnly("SQI1RXDATA", "SQI1STAT1", "SQI1STAT2", "SQI1INTSTAT", "SQI1BDSTAT");
    Register clock = sqi.register("SQI1CLKCON");
    clock.rw(0x7FF << 8 | SQI_EN).onWrite((old, now) -> clock.put(SQI_STABLE, (now & SQI_EN) != 0));
    return sqi;
  }

  /** The external bus interface without a memory behind it. */
  public static PassiveModule ebi() {
    return new PassiveModule(0x1F8E_1000, 0x100)
        .resets("EBICS0", 0x2000_0000, "EBICS1", 0x0100_0000)
        .resets("EBIMSK0", 0x20, "EBIMSK1", 0x20, "EBIMSK2", 0x20, "EBIMSK3", 0x20)
        .resets("EBISMT0", 0x0424_314C, "EBISMT1", 0x0424_314C, "EBISMT2", 0x0424_314C)
        .resets("EBIFTRPD", 0xC8, "EBISMCON", 0x201);
  }

  /** The parallel master port: never busy, its inputs read what was written. */
  public static PassiveModule pmp() {
    return new PassiveModule(0x1F82_E000, 0x100).resets("PMSTAT", 0x8F).readOnly("PMSTAT");
  }

  /** The analog comparators: both inputs are at the same voltage. */
  public static PassiveModule comparators() {
    PassiveModule comparators = new PassiveModule(0x1F84_C000, 0x100);
    comparators.register("CM1CON").reset(0xC3).rw(0xE0D3);
    comparators.register("CM2CON").reset(0xC3).rw(0xE0D3);
    comparators.register("CMSTAT").rw(0x2000);
    return comparators;
  }

  /** The comparator voltage reference. */
  public static PassiveModule voltageReference() {
    PassiveModule reference = new PassiveModule(0x1F80_0E00, 0x100);
    reference.register("CVRCON").rw(0x807F);
    return reference;
  }
}
