package org.vzrig.emulator.periph;

/** Why the chip was reset, with its flag in RCON. */
public enum ResetCause {
  /** Power came on: everything starts anew. */
  POWER_ON(0x0000_0003),
  /** The supply voltage sagged. */
  BROWN_OUT(0x0000_0002),
  /** The MCLR pin was pulled low. */
  MCLR(0x0000_0080),
  /** Software asked through RSWRST. */
  SOFTWARE(0x0000_0040),
  /** The watchdog expired. */
  WATCHDOG(0x0000_0010),
  /** The deadman timer expired. */
  DEADMAN(0x0000_0020),
  /** The configuration words could not be read or did not agree. */
  CONFIGURATION(0x0000_0200);

  private final int rcon;

  ResetCause(int rcon) {
    this.rcon = rcon;
  }

  /** The bits of RCON that this cause sets. */
  public int rcon() {
    return rcon;
  }
}
