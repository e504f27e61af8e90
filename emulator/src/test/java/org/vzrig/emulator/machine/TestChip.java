package org.vzrig.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.SfrNames;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.periph.CoreControl;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.emulator.time.EventQueue;

/** A chip without a core: tests stand in for the CPU and let virtual time pass. */
public final class TestChip implements CoreControl {
  private final EventQueue events = new EventQueue();
  private final Chip chip;
  private long now;

  /** What the interrupt controller asks of the core now. */
  public int ripl;

  /** Offset of the vector it asks for. */
  public int vector;

  /** Shadow register set it asks for. */
  public int shadowSet;

  /** Number of NMIs. */
  public int nmis;

  /** Resets asked for, in order. */
  public final List<ResetCause> resets = new ArrayList<>();

  /** A WiFire's chip with its shipped configuration words, 200 MHz. */
  public TestChip() {
    this(Boards.WIFIRE);
  }

  /** A board's chip with its shipped configuration words. */
  public TestChip(Board board) {
    chip = new Chip(board, () -> now, events, this, () -> 0xBFC0_0000);
    chip.shipConfigWords();
    chip.reset(ResetCause.POWER_ON);
    chip.evic()
        .connect(
            (priority, offset, set) -> {
              ripl = priority;
              vector = offset;
              shadowSet = set;
            });
  }

  /** The chip itself. */
  public Chip chip() {
    return chip;
  }

  /** Its address space. */
  public SystemBus bus() {
    return chip.bus();
  }

  /** Cycles of SYSCLK so far. */
  public long now() {
    return now;
  }

  /** Lets {@code cycles} of SYSCLK pass. */
  public void pass(long cycles) {
    long until = now + cycles;
    while (events.nextDeadline() <= until) {
      now = Math.max(now, events.nextDeadline());
      events.fireDue(now);
    }
    now = until;
  }

  /** Lets {@code cycles} pass in one piece, as a core does that works outside of instructions. */
  public void leap(long cycles) {
    now += cycles;
    events.fireDue(now);
  }

  /** Whether no module waits for anything. */
  public boolean quiet() {
    return events.nextDeadline() == Long.MAX_VALUE;
  }

  /** Physical address of a register by name, aliases included. */
  public static int address(String name) {
    return SfrNames.address(name).orElseThrow(() -> new AssertionError("no register " + name));
  }

  /** Reads a register by name. */
  public int get(String name) {
    return bus().read(address(name), 4);
  }

  /** Writes a register by name; CLR, SET and INV aliases work. */
  public void set(String name, int value) {
    bus().write(address(name), 4, value);
  }

  /** Programs DEVCFG{@code n} and restarts from power-on. */
  public void configure(int n, int word) {
    byte[] bytes = {(byte) word, (byte) (word >> 8), (byte) (word >> 16), (byte) (word >> 24)};
    bus().load(0x1FC0_FFCC - 4 * n, bytes);
    chip.reset(ResetCause.POWER_ON);
  }

  /** Opens the SYSKEY lock. */
  public void unlock() {
    set("SYSKEY", 0);
    set("SYSKEY", 0xAA99_6655);
    set("SYSKEY", 0x5566_99AA);
  }

  /** Closes the SYSKEY lock. */
  public void lock() {
    set("SYSKEY", 0x3333_3333);
  }

  @Override
  public void nmi() {
    nmis++;
  }

  @Override
  public void stall(long cycle) {}

  @Override
  public int fetchAddress() {
    return -1;
  }

  @Override
  public void reset(ResetCause cause) {
    resets.add(cause);
  }
}
