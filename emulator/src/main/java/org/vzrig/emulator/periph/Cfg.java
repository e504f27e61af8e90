package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;

/**
 * Device configuration: CFGCON with its locks, DEVID, SYSKEY, peripheral module disable, CFGPG
 * (data sheet section 34).
 */
public final class Cfg implements Peripheral {
  private static final int PGLOCK = 1 << 11;
  private static final int PMDLOCK = 1 << 12;
  private static final int IOLOCK = 1 << 13;
  private static final int LOCKS = PGLOCK | PMDLOCK | IOLOCK;
  private static final int ECCCON = 3 << 4;
  private static final int TDOEN = 1;
  private static final int FREE = 0x0303_018D;
  private static final int[] PMD_BITS = {
    0x0000_1001, 0x0000_0003, 0x01FF_01FF, 0x0000_01FF, 0x311F_3F3F, 0x1083_0F01, 0x0050_0010
  };

  private record Gate(int pmd, int bit, Peripheral module) {}

  private final RegisterBlock registers = new RegisterBlock(0x1F80_0000, 0x100);
  private final Register cfgcon;
  private final Register cfgpg;
  private final Register[] pmd = new Register[7];
  private final List<Gate> gates = new ArrayList<>();
  private final SystemLock lock;
  private final ConfigWords words;
  private Runnable groupsChanged = () -> {};

  /** The configuration block of a part with {@code devid} (revision included). */
  public Cfg(SystemLock lock, ConfigWords words, int devid) {
    this.lock = lock;
    this.words = words;
    cfgcon =
        registers.plain(0x00, "CFGCON").rw(FREE | LOCKS | ECCCON).onWrite(this::controlWritten);
    registers.plain(0x20, "DEVID").reset(devid);
    registers
        .plain(0x30, "SYSKEY")
        .rw()
        .live(() -> lock.open() ? 1 : 0)
        .onWrite((old, now) -> lock.key(now));
    for (int i = 0; i < 7; i++) {
      int index = i;
      pmd[i] =
          registers
              .at(0x40 + 0x10 * i, "PMD" + (i + 1))
              .rw(PMD_BITS[i])
              .guard(() -> lock.open() && !cfgcon.has(PMDLOCK))
              .onWrite((old, now) -> modulesChanged(index + 1));
    }
    registers.at(0xC0, "CFGEBIA").rw(0x80FF_FFFF);
    registers.at(0xD0, "CFGEBIC").rw(0xFFFF_FFFF);
    cfgpg =
        registers
            .plain(0xE0, "CFGPG")
            .rw(0xC3F3_F333)
            .guard(() -> lock.open() && !permissionsLocked())
            .onWrite((old, now) -> groupsChanged.run());
  }

  /** Bit {@code bit} of PMD{@code n} switches {@code module} off. */
  public void gate(int n, int bit, Peripheral module) {
    gates.add(new Gate(n, bit, module));
  }

  /** Sets who is told of changes of CFGPG. */
  public void onGroupsChanged(Runnable listener) {
    groupsChanged = listener;
  }

  /** CFGCON.IOLOCK: pin select registers cannot be written. */
  public boolean pinsLocked() {
    return cfgcon.has(IOLOCK);
  }

  /** CFGCON.PGLOCK: permission registers cannot be written. */
  public boolean permissionsLocked() {
    return cfgcon.has(PGLOCK);
  }

  /** Whether flash error correction is on, fixed or dynamic: single words cannot be programmed. */
  public boolean errorCorrection() {
    return cfgcon.field(4, 2) < 2;
  }

  /** Whether OC modules use the alternate timers. */
  public boolean alternateCompareTimers() {
    return cfgcon.has(1 << 16);
  }

  /** Whether IC modules use the alternate timers. */
  public boolean alternateCaptureTimers() {
    return cfgcon.has(1 << 17);
  }

  /** CFGPG. */
  public int groups() {
    return cfgpg.value();
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    lock.reset();
    registers.reset();
    int devcfg0 = words.devcfg(0);
    cfgcon.value(TDOEN | (devcfg0 >>> 8 & 3) << 4 | (devcfg0 >>> 2 & 1) << 3);
    for (Gate gate : gates) {
      gate.module().powered(true);
    }
    groupsChanged.run();
  }

  private void controlWritten(int old, int now) {
    int keep = 0;
    if (!lock.open()) {
      keep = LOCKS | ECCCON;
    }
    keep |= old & LOCKS & oneWay();
    if ((old & ECCCON) != ECCCON) {
      keep |= ECCCON;
    }
    cfgcon.value(now & ~keep | old & keep);
  }

  /** The locks that DEVCFG3 makes one-way: once set, only a reset clears them. */
  private int oneWay() {
    int devcfg3 = words.devcfg(3);
    return (devcfg3 & 1 << 27) >>> 16 | (devcfg3 & 1 << 28) >>> 16 | (devcfg3 & 1 << 29) >>> 16;
  }

  private void modulesChanged(int n) {
    for (Gate gate : gates) {
      if (gate.pmd() == n) {
        gate.module().powered(!pmd[n - 1].has(1 << gate.bit()));
      }
    }
  }
}
