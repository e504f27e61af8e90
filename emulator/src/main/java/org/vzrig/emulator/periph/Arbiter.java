package org.vzrig.emulator.periph;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.AccessControl;
import org.vzrig.emulator.bus.Initiator;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.bus.SystemBus;

/**
 * Permission groups of the system bus (data sheet section 4): targets, their regions, and the log
 * of violations.
 *
 * <p>Among the enabled regions that hold an address, one with PRI=1 decides, else one with PRI=0,
 * else region 0; within a level the lowest number. Targets that let a group do everything are kept
 * in a mask, so that an unrestricted access costs one test.
 */
public final class Arbiter implements AccessControl {
  private static final int TARGETS = 14;
  private static final int BASE = 0x1F8F_8000;
  private static final int TARGET_SIZE = 0x400;
  private static final int ERRP = 1 << 24;
  private static final int MULTI = 1 << 31;
  private static final int PERMISSION_VIOLATION = 3 << 24;
  private static final int PRI = 1 << 9;
  private static final int CMD_WRITE = 1;
  private static final int CMD_READ = 2;

  private static final int[][] REGIONS = {
    {0, 1},
    {0, 2, 3, 4, 5, 6, 7, 8},
    {0, 1, 2},
    {0, 1, 2},
    {0, 2},
    {0, 1, 2},
    {0, 1},
    {0, 1},
    {0, 1},
    {0, 1},
    {0},
    {0, 1},
    {0},
    {0}
  };

  /** SBTxREG0 after reset: base and size (exponent of KiB plus 1) of the whole target. */
  private static final int[] WHOLE = {
    0x1F8F_0000 | 7 << 3,
    0x1D00_0000 | 13 << 3,
    9 << 3,
    0x0004_0000 | 9 << 3,
    0x2000_0000 | 17 << 3,
    0x1F80_0000 | 8 << 3,
    0x1F82_0000 | 7 << 3,
    0x1F84_0000 | 7 << 3,
    0x1F86_0000 | 7 << 3,
    0x1F88_0000 | 10 << 3,
    0x1F8E_3000 | 3 << 3,
    0x3000_0000 | 17 << 3,
    0x1F8E_5000 | 3 << 3,
    0x1F8E_6000 | 3 << 3
  };

  private record Region(int number, Register reg, Register read, Register write) {
    boolean enabled() {
      return reg.field(3, 5) != 0;
    }

    boolean holds(int pa) {
      int size = reg.field(3, 5);
      long bytes = 512L << size;
      int base = reg.value() & 0xFFFF_FC00;
      return size != 0 && Integer.toUnsignedLong(pa - base) < bytes;
    }

    boolean allows(int group, boolean writing) {
      return (writing ? write : read).has(1 << group);
    }

    int level() {
      return number == 0 ? 0 : reg.has(PRI) ? 2 : 1;
    }
  }

  private final RegisterBlock registers = new RegisterBlock(BASE, TARGETS * TARGET_SIZE);
  private final RegisterBlock flagBlock = new RegisterBlock(0x1F8F_0500, 0x100);
  private final Register flags;
  private final Register[] elog1 = new Register[TARGETS];
  private final Register[] elog2 = new Register[TARGETS];
  private final Register[] econ = new Register[TARGETS];
  private final Region[][] regions = new Region[TARGETS][];
  private final int[] open = new int[4];
  private final SystemBus bus;
  private final Cfg cfg;
  private final InterruptLine violation;

  /** Permission groups for {@code bus}, whose initiators' groups are in {@code cfg}. */
  public Arbiter(SystemBus bus, Cfg cfg, InterruptLine violation) {
    this.bus = bus;
    this.cfg = cfg;
    this.violation = violation;
    flags = flagBlock.plain(0x10, "SBFLAG");
    for (int t = 0; t < TARGETS; t++) {
      declare(t);
    }
    cfg.onGroupsChanged(this::permissionsChanged);
    bus.attach(registers);
    bus.attach(flagBlock);
    bus.access(this);
  }

  private void declare(int t) {
    int at = t * TARGET_SIZE;
    String name = "SBT" + t;
    elog1[t] =
        registers.plain(at + 0x20, name + "ELOG1").rw().onWrite((old, now) -> logWritten(t, old));
    elog2[t] = registers.plain(at + 0x24, name + "ELOG2");
    econ[t] = registers.plain(at + 0x28, name + "ECON").rw(ERRP).onWrite((old, now) -> signal());
    registers.plain(at + 0x30, name + "ECLRS").onRead(() -> clear(t, false));
    registers.plain(at + 0x38, name + "ECLRM").onRead(() -> clear(t, true));
    regions[t] = new Region[REGIONS[t].length];
    for (int i = 0; i < REGIONS[t].length; i++) {
      int r = REGIONS[t][i];
      regions[t][i] =
          new Region(
              r,
              permission(
                  at + 0x40 + 0x20 * r, name + "REG" + r, 0xFFFF_FEF8, r == 0 ? WHOLE[t] : 0),
              permission(at + 0x50 + 0x20 * r, name + "RD" + r, 0xF, 0xF),
              permission(at + 0x58 + 0x20 * r, name + "WR" + r, 0xF, 0xF));
      if (i > 0 && r > REGIONS[t][i - 1] + 1) {
        reserve(at + 0x20 * (r - 1), name, r - 1);
      }
    }
  }

  /**
   * A gap in the numbers of a target's regions reads 0; firmware that lists all regions reads it.
   */
  private void reserve(int at, String name, int region) {
    registers.plain(at + 0x40, name + "REG" + region);
    registers.plain(at + 0x50, name + "RD" + region);
    registers.plain(at + 0x58, name + "WR" + region);
  }

  private Register permission(int offset, String name, int mask, int reset) {
    return registers
        .plain(offset, name)
        .rw(mask)
        .reset(reset)
        .guard(() -> !cfg.permissionsLocked())
        .onWrite((old, now) -> permissionsChanged());
  }

  /** Back to everything allowed, no violation logged. */
  public void reset() {
    registers.reset();
    flagBlock.reset();
    signal();
    permissionsChanged();
  }

  @Override
  public boolean allows(Initiator who, int pa, boolean write) {
    int group = group(who);
    if (open[group] == (1 << TARGETS) - 1) {
      return true;
    }
    int t = target(pa);
    if (t < 0 || (open[group] >>> t & 1) != 0) {
      return true;
    }
    Region region = deciding(t, pa);
    if (region != null && region.allows(group, write)) {
      return true;
    }
    log(t, who, group, region == null ? 0 : region.number(), write);
    return false;
  }

  @Override
  public boolean pageAllows(Initiator who, int pa, boolean write) {
    int t = target(pa);
    int group = group(who);
    if (t < 0 || (open[group] >>> t & 1) != 0) {
      return true;
    }
    int page = pa & -(1 << Memory.PAGE_SHIFT);
    for (int at = 0; at < 1 << Memory.PAGE_SHIFT; at += 1024) {
      Region region = deciding(t, page + at);
      if (region == null || !region.allows(group, write)) {
        return false;
      }
    }
    return true;
  }

  private int group(Initiator who) {
    return cfg.groups() >>> who.groupShift() & 3;
  }

  private @Nullable Region deciding(int t, int pa) {
    Region best = null;
    for (Region region : regions[t]) {
      boolean holds = region.holds(pa) || region.number() == 0 && t == 1 && region.enabled();
      if (holds && (best == null || region.level() > best.level())) {
        best = region;
      }
    }
    return best;
  }

  private void permissionsChanged() {
    for (int group = 0; group < 4; group++) {
      open[group] = 0;
      for (int t = 0; t < TARGETS; t++) {
        if (unrestricted(t, group)) {
          open[group] |= 1 << t;
        }
      }
    }
    bus.cpuPermissionsChanged(open[group(Initiator.CPU)] != (1 << TARGETS) - 1);
  }

  private boolean unrestricted(int t, int group) {
    for (Region region : regions[t]) {
      if (region.enabled() && !(region.allows(group, false) && region.allows(group, true))) {
        return false;
      }
    }
    int size = regions[t][0].reg().field(3, 5);
    int base = regions[t][0].reg().value() & 0xFFFF_FC00;
    return base == (WHOLE[t] & 0xFFFF_FC00) && size >= (WHOLE[t] >>> 3 & 0x1F);
  }

  private void log(int t, Initiator who, int group, int region, boolean write) {
    if (flags.has(1 << t)) {
      elog1[t].set(MULTI);
      return;
    }
    int command = write ? CMD_WRITE : CMD_READ;
    elog1[t].value(PERMISSION_VIOLATION | who.id() << 8 | region << 4 | command);
    elog2[t].value(group);
    flags.set(1 << t);
    signal();
  }

  /** Writing the log clears it, whatever is written. */
  private void logWritten(int t, int old) {
    elog1[t].value(old & ~(PERMISSION_VIOLATION | MULTI));
    drop(t);
  }

  private int clear(int t, boolean multiple) {
    if (multiple) {
      elog1[t].clear(MULTI);
    } else {
      elog1[t].value(0);
      elog2[t].value(0);
    }
    if (!elog1[t].has(MULTI)) {
      drop(t);
    }
    return 0;
  }

  private void drop(int t) {
    flags.clear(1 << t);
    signal();
  }

  private void signal() {
    boolean reported = false;
    for (int t = 0; t < TARGETS; t++) {
      reported |= flags.has(1 << t) && econ[t].has(ERRP);
    }
    violation.level(reported);
  }

  /** The target that answers at {@code pa}, or -1. */
  static int target(int pa) {
    return switch (pa >>> 24) {
      case 0x00 -> pa < 0x4_0000 ? 2 : 3;
      case 0x1D -> 1;
      case 0x1F -> pa >= Flash.LOWER_BOOT ? 1 : sfrTarget(pa >>> 12 & 0xFF);
      case 0x20, 0x21, 0x22, 0x23 -> 4;
      case 0x30, 0x31, 0x32, 0x33 -> 11;
      default -> -1;
    };
  }

  private static int sfrTarget(int page) {
    return switch (page) {
      case 0xE0 -> 1;
      case 0xE1 -> 4;
      case 0xE2 -> 11;
      case 0xE3, 0xE4 -> 10;
      case 0xE5 -> 12;
      case 0xE6 -> 13;
      default -> page >= 0xF0 ? 0 : page >= 0x80 ? 9 : page < 0x20 ? 5 : 5 + (page >>> 5);
    };
  }
}
