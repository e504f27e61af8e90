package org.vzrig.emulator.periph;

/** The SYSKEY lock: two keys written back to back open it, any other write closes it. */
public final class SystemLock {
  private static final int KEY1 = 0xAA99_6655;
  private static final int KEY2 = 0x5566_99AA;

  private boolean half;
  private boolean open;

  /** Whether protected registers can be written now. */
  public boolean open() {
    return open;
  }

  void key(int value) {
    open = half && value == KEY2;
    half = value == KEY1;
  }

  void reset() {
    open = false;
    half = false;
  }
}
