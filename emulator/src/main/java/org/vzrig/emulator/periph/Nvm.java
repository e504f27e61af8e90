package org.vzrig.emulator.periph;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Initiator;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The flash controller (data sheet section 5): programs and erases behind two keys, with write
 * protection and the swap of panels.
 *
 * <p>An operation takes effect when its time is over. The times are the typical ones of the data
 * sheet's table of flash characteristics, rounded.
 */
public final class Nvm implements Peripheral {
  private static final int NVMOP = 0xF;
  private static final int BFSWAP = 1 << 6;
  private static final int PFSWAP = 1 << 7;
  private static final int LVDERR = 1 << 12;
  private static final int WRERR = 1 << 13;
  private static final int WREN = 1 << 14;
  private static final int WR = 1 << 15;
  private static final int KEY1 = 0xAA99_6655;
  private static final int KEY2 = 0x5566_99AA;

  private static final int NOP = 0;
  private static final int WORD = 1;
  private static final int QUAD = 2;
  private static final int ROW = 3;
  private static final int PAGE_ERASE = 4;
  private static final int LOWER_ERASE = 5;
  private static final int UPPER_ERASE = 6;
  private static final int PROGRAM_ERASE = 7;

  private static final long MICRO = 1000;
  private static final long[] NANOS = {
    MICRO,
    50 * MICRO,
    80 * MICRO,
    3300 * MICRO,
    20_000 * MICRO,
    20_000 * MICRO,
    20_000 * MICRO,
    20_000 * MICRO
  };

  private static final int ROW_BYTES = 2048;
  private static final int PAGE_BYTES = 16 << 10;
  private static final int PWPULOCK = 1 << 31;
  private static final int UBWPULOCK = 1 << 7;
  private static final int LBWPULOCK = 1 << 15;
  private static final int UPPER_PAGES = 0x1F;
  private static final int LOWER_PAGES = 0x1F00;

  private final RegisterBlock registers = new RegisterBlock(0x1F80_0600, 0x100);
  private final Register nvmcon;
  private final Register nvmaddr;
  private final Register[] data = new Register[4];
  private final Register source;
  private final Register pwp;
  private final Register bwp;
  private final Register nvmcon2;
  private final VirtualClock clock;
  private final EventQueue events;
  private final Clocks clocks;
  private final SystemBus bus;
  private final Flash flash;
  private final Cfg cfg;
  private final InterruptLine done;
  private final CoreControl core;
  private final Event finish;
  private boolean halfOpen;
  private boolean open;

  /** The controller of {@code flash}. */
  public Nvm(
      VirtualClock clock,
      EventQueue events,
      Clocks clocks,
      SystemBus bus,
      Flash flash,
      Cfg cfg,
      InterruptLine done,
      CoreControl core) {
    this.clock = clock;
    this.events = events;
    this.clocks = clocks;
    this.bus = bus;
    this.flash = flash;
    this.cfg = cfg;
    this.done = done;
    this.core = core;
    finish = events.event("NVM", this::finished);
    nvmcon =
        registers
            .at(0x00, "NVMCON")
            .rw(NVMOP | BFSWAP | PFSWAP | WREN | WR)
            .guard(() -> !busy())
            .onWrite(this::controlWritten);
    registers.plain(0x10, "NVMKEY").rw().live(() -> 0).onWrite((old, now) -> key(now));
    nvmaddr = registers.at(0x20, "NVMADDR").rw();
    for (int i = 0; i < 4; i++) {
      data[i] = registers.at(0x30 + 0x10 * i, "NVMDATA" + i).rw();
    }
    source = registers.at(0x70, "NVMSRCADDR").rw();
    pwp =
        registers
            .at(0x80, "NVMPWP")
            .reset(PWPULOCK)
            .rw(PWPULOCK | 0xFF_FFFF)
            .guard(this::unlocked)
            .onWrite(this::programProtectionWritten);
    bwp =
        registers
            .at(0x90, "NVMBWP")
            .reset(0x9FDF)
            .rw(LBWPULOCK | LOWER_PAGES | UBWPULOCK | UPPER_PAGES)
            .guard(this::unlocked)
            .onWrite(this::bootProtectionWritten);
    nvmcon2 = registers.at(0xA0, "NVMCON2").rw(0xC0).guard(this::unlocked).onWrite(this::swapLock);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    events.cancel(finish);
    registers.reset();
    showSwaps();
    open = false;
    halfOpen = false;
  }

  private boolean busy() {
    return finish.pending();
  }

  private void key(int value) {
    open = halfOpen && value == KEY2;
    halfOpen = value == KEY1;
  }

  /** The keys are good for one write. */
  private boolean unlocked() {
    boolean was = open;
    open = false;
    return was;
  }

  private void showSwaps() {
    nvmcon.put(BFSWAP, flash.bootSwapped());
    nvmcon.put(PFSWAP, flash.programSwapped());
  }

  private void controlWritten(int old, int now) {
    boolean unlocked = unlocked();
    nvmcon.clear(WR);
    if (unlocked && (now & WREN) == 0 && nvmcon2.field(6, 2) < 2) {
      flash.swapBoot((now & BFSWAP) != 0);
      flash.swapProgram((now & PFSWAP) != 0);
    }
    showSwaps();
    if (unlocked && (now & WR) != 0 && (now & WREN) != 0) {
      start();
    }
  }

  private void start() {
    nvmcon.set(WR);
    int operation = nvmcon.field(0, 4);
    long nanos = operation < NANOS.length ? NANOS[operation] : MICRO;
    long until = clock.cycles() + clocks.cyclesFor(nanos);
    events.schedule(finish, until);
    Memory target = bus.mapped(nvmaddr.value());
    if (operation != NOP && target != null && target == bus.mapped(core.fetchAddress())) {
      core.stall(until);
    }
  }

  private void finished() {
    nvmcon.clear(WR);
    int operation = nvmcon.field(0, 4);
    if (operation == NOP) {
      nvmcon.clear(WRERR | LVDERR);
    } else if (!perform(operation, nvmaddr.value() & 0x1FFF_FFFF)) {
      nvmcon.set(WRERR);
    }
    done.raise();
  }

  private boolean perform(int operation, int address) {
    return switch (operation) {
      case WORD -> !cfg.errorCorrection() && program(address & ~3, data[0].value());
      case QUAD -> programQuad(address & ~15);
      case ROW -> programRow(address & -ROW_BYTES);
      case PAGE_ERASE -> erase(address & -PAGE_BYTES, PAGE_BYTES);
      case LOWER_ERASE -> erase(Flash.PROGRAM, flash.program().size() / 2);
      case UPPER_ERASE ->
          erase(Flash.PROGRAM + flash.program().size() / 2, flash.program().size() / 2);
      case PROGRAM_ERASE -> erase(Flash.PROGRAM, flash.program().size());
      default -> false;
    };
  }

  private boolean programQuad(int address) {
    boolean good = true;
    for (int i = 0; i < 4; i++) {
      good &= program(address + 4 * i, data[i].value());
    }
    return good;
  }

  private boolean programRow(int address) {
    try {
      for (int i = 0; i < ROW_BYTES; i += 4) {
        int word = bus.read(Initiator.FLASH, (source.value() & ~3) + i, 4);
        if (!program(address + i, word)) {
          return false;
        }
      }
      return true;
    } catch (BusError e) {
      return false;
    }
  }

  /** Programming only clears bits. */
  private boolean program(int address, int word) {
    Memory memory = programmable(address);
    if (memory == null) {
      return false;
    }
    int offset = bus.offset(address);
    memory.store(offset, 4, memory.load(offset, 4) & word);
    return true;
  }

  private boolean erase(int address, int length) {
    for (int at = 0; at < length; at += PAGE_BYTES) {
      if (programmable(address + at) == null) {
        return false;
      }
    }
    for (int at = 0; at < length; at += 1 << Memory.PAGE_SHIFT) {
      Memory memory = programmable(address + at);
      if (memory != null) {
        int offset = bus.offset(address + at);
        java.util.Arrays.fill(memory.bytes, offset, offset + (1 << Memory.PAGE_SHIFT), (byte) 0xFF);
        memory.changed(offset, 1 << Memory.PAGE_SHIFT);
      }
    }
    return true;
  }

  /** The flash memory at {@code address} if no protection forbids to change it. */
  private @Nullable Memory programmable(int address) {
    Memory memory = bus.mapped(address);
    if (memory == null) {
      return null;
    }
    if (memory == flash.program()) {
      int protectedBelow = pwp.field(0, 24) & -PAGE_BYTES;
      return (address & 0xFF_FFFF) < protectedBelow ? null : memory;
    }
    if (memory != flash.boot(1) && memory != flash.boot(2)) {
      return null;
    }
    boolean lower = memory == flash.boot(flash.bootSwapped() ? 2 : 1);
    int page = bus.offset(address) / PAGE_BYTES;
    return bwp.has(1 << page + (lower ? 8 : 0)) ? null : memory;
  }

  private void programProtectionWritten(int old, int now) {
    if ((old & PWPULOCK) == 0) {
      pwp.value(old);
    }
  }

  private void bootProtectionWritten(int old, int now) {
    int keep = 0;
    if ((old & UBWPULOCK) == 0) {
      keep |= UBWPULOCK | UPPER_PAGES;
    }
    if ((old & LBWPULOCK) == 0) {
      keep |= LBWPULOCK | LOWER_PAGES;
    }
    bwp.value(now & ~keep | old & keep);
  }

  private void swapLock(int old, int now) {
    if ((old & 0xC0) == 0xC0) {
      nvmcon2.value(old);
    }
  }
}
