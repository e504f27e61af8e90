package org.vzrig.emulator.bus;

/**
 * What can start a transfer on the system bus (PIC32MZ EF data sheet, table 4-5).
 *
 * <p>The id is what SBTxELOG1.INITID shows; the shift is where CFGPG keeps the initiator's
 * permission group.
 */
public enum Initiator {
  CPU(1, 0),
  DMA_READ(3, 4),
  DMA_WRITE(5, 4),
  USB(7, 8),
  ETHERNET_READ(8, 16),
  ETHERNET_WRITE(9, 16),
  CAN1(10, 12),
  CAN2(11, 14),
  SQI(12, 20),
  FLASH(13, 22),
  CRYPTO(14, 24);

  private final int id;
  private final int groupShift;

  Initiator(int id, int groupShift) {
    this.id = id;
    this.groupShift = groupShift;
  }

  /** SBTxELOG1.INITID of the initiator at low priority. */
  public int id() {
    return id;
  }

  /** Lowest bit of the initiator's two-bit group in CFGPG. */
  public int groupShift() {
    return groupShift;
  }
}
