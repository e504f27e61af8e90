package org.vzrig.flasher.sim;

import org.vzrig.hil.serial.HostClock;

/** Time that goes by only when somebody waits. */
public final class VirtualTime implements HostClock {
  private long now;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(long nanos) {
    now += Math.max(0, nanos);
  }
}
