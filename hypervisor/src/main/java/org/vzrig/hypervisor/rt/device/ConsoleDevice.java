package org.vzrig.hypervisor.rt.device;

import org.vzrig.hypervisor.rt.console.InputMux;
import org.vzrig.hypervisor.rt.console.Line;
import org.vzrig.hypervisor.rt.console.RootConsole;
import org.vzrig.hypervisor.rt.exit.Access;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * The UART that guests see in place of the console's: one line shared by all.
 *
 * <p>It never waits for the line itself: a character is taken as long as the log has room. The baud
 * rate is root's: BRG shows it and cannot be written; the frame format can, without effect.
 */
public final class ConsoleDevice implements TrapDevice {
  private static final int MODE = 0;
  private static final int STA = 1;
  private static final int TXREG = 2;
  private static final int RXREG = 3;
  private static final int BRG = 4;
  private static final int REGISTERS = 16;
  private static final int MODE_ON = 1 << 15;
  private static final int STA_URXDA = 1;
  private static final int STA_TRMT = 1 << 8;
  private static final int STA_UTXBF = 1 << 9;
  private static final int STA_UTXEN = 1 << 10;

  private final RootConsole console;
  private final InputMux input;
  private final Line line;
  private final Interrupts interrupts;
  private final int[][] registers;

  /** The emulation for threads up to {@code threads}. */
  public ConsoleDevice(
      RootConsole console, InputMux input, Line line, Interrupts interrupts, int threads) {
    this.console = console;
    this.input = input;
    this.line = line;
    this.interrupts = interrupts;
    registers = new int[threads + 1][REGISTERS];
  }

  /** The UART of {@code thread} back to reset. */
  public void reset(VmThread thread) {
    registers[thread.id()] = new int[REGISTERS];
    input.clear(thread.id());
  }

  @Override
  public int load(VmThread thread, Access access) {
    int word = (access.address() & 12) == 0 ? register(thread, access.address()) : 0;
    return word >>> (access.address() & 3) * 8 & -1 >>> 32 - access.size() * 8;
  }

  private int register(VmThread thread, int address) {
    int number = number(address);
    return switch (number) {
      case STA -> status(thread);
      case TXREG -> 0;
      case RXREG -> input.next(thread.id());
      case BRG -> line.divisor();
      default -> registers[thread.id()][number];
    };
  }

  private static int number(int address) {
    return address >>> 4 & REGISTERS - 1;
  }

  private int status(VmThread thread) {
    int status = registers[thread.id()][STA] & ~(STA_UTXBF | STA_URXDA | STA_TRMT);
    status |= console.hasRoomForGuests() ? STA_TRMT : STA_UTXBF;
    return input.waiting(thread.id()) ? status | STA_URXDA : status;
  }

  @Override
  public void store(VmThread thread, Access access, int value) {
    int number = number(access.address());
    if (number == TXREG) {
      console.guestPrints(thread.id(), value & 0xFF);
    } else if (number != RXREG && number != BRG) {
      int[] own = registers[thread.id()];
      int shift = (access.address() & 3) * 8;
      int lane = -1 >>> 32 - access.size() * 8 << shift;
      int word = (access.address() & 12) == 0 ? own[number] & ~lane : 0;
      own[number] = VirtualIc.written(own[number], access.address(), word | value << shift & lane);
    }
    interrupts.update(thread);
  }

  /** Sets the flags of the thread's UART interrupts as long as their reasons last. */
  void refresh(VmThread thread) {
    int[] own = registers[thread.id()];
    boolean sends = (own[MODE] & MODE_ON) != 0 && (own[STA] & STA_UTXEN) != 0;
    if (sends && console.hasRoomForGuests()) {
      thread.ic().raise(line.transmitIrq());
    }
    if (input.waiting(thread.id())) {
      thread.ic().raise(line.receiveIrq());
    }
  }
}
