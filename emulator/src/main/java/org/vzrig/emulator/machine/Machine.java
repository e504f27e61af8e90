package org.vzrig.emulator.machine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Board;
import org.vzrig.boards.SdSlot;
import org.vzrig.boards.image.Image;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.device.BlockStore;
import org.vzrig.emulator.device.SdCard;
import org.vzrig.emulator.periph.Clocks;
import org.vzrig.emulator.periph.CoreControl;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.emulator.port.UartPort;
import org.vzrig.emulator.time.EventQueue;

/**
 * A board's chip with its core: what a {@link MachineThread} runs.
 *
 * <p>Owned by the machine thread; nothing here may be called from another one while it runs.
 */
public final class Machine implements Workload {
  private static final int RESET_VECTOR = 0xBFC0_0000;

  /** 1 starts the core in MIPS32, 0 in microMIPS. */
  private static final int DEVCFG0_BOOTISA = 1 << 6;

  private final EventQueue events = new EventQueue();
  private final Requests requests = new Requests();
  private final Chip chip;
  private final Cpu cpu;
  private @Nullable ResetCause lastReset = ResetCause.POWER_ON;
  private transient Runnable afterReset = () -> {};
  private transient Consumer<ResetCause> resetListener = cause -> {};

  /** What modules ask for in the middle of an instruction, done at its end. */
  private static final class Requests implements CoreControl {
    private @Nullable Cpu cpu;
    private @Nullable ResetCause reset;
    private boolean nmi;
    private long stalledUntil;

    long cycles() {
      return cpu == null ? 0 : cpu.cycles();
    }

    int pc() {
      return cpu == null ? RESET_VECTOR : cpu.pc() & ~1;
    }

    @Override
    public void nmi() {
      nmi = true;
      kick();
    }

    @Override
    public void reset(ResetCause cause) {
      reset = cause;
      kick();
    }

    @Override
    public void stall(long cycle) {
      stalledUntil = Math.max(stalledUntil, cycle);
      kick();
    }

    @Override
    public int fetchAddress() {
      int pc = pc();
      return pc >>> 30 == 2 ? pc & 0x1FFF_FFFF : -1;
    }

    private void kick() {
      if (cpu != null) {
        cpu.kick();
      }
    }
  }

  /**
   * A board after power-on: erased flash with the configuration words the board ships with, nobody
   * at its buttons, an empty socket.
   */
  public Machine(Board board) {
    chip = new Chip(board, requests::cycles, events, requests, requests::pc);
    cpu = new Cpu(chip.bus(), events, chip.evic());
    requests.cpu = cpu;
    events.onEarlier(cpu::kick);
    chip.bus().onRemap(cpu::flushTranslations);
    chip.evic().connect(cpu);
    chip.shipConfigWords();
    board().buttons().forEach(button -> pins().drive(button.pin(), button.activeLow()));
    board().sdSlot().flatMap(SdSlot::detect).ifPresent(pin -> pins().drive(pin, true));
    reset(ResetCause.POWER_ON);
  }

  /**
   * Programs {@code image} and restarts from power-on. Configuration words that the image leaves
   * erased get the values the board ships with.
   *
   * @throws org.vzrig.emulator.bus.BusError when a byte lies outside the memories
   */
  public void load(Image image) {
    chip.load(image);
    chip.shipConfigWords();
    reset(ResetCause.POWER_ON);
  }

  /**
   * Starts at virtual address {@code entry} as the board's boot loader would: with the console
   * routed to its pins.
   */
  public void startAt(int entry) {
    chip.routeConsole();
    cpu.pc(entry);
  }

  /**
   * Puts a memory card into the board's socket; it stays for the machine's life.
   *
   * @throws IllegalArgumentException when we know of no socket on this board
   */
  public void insertCard(BlockStore blocks) {
    SdSlot slot =
        board()
            .sdSlot()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the board " + board().name() + " has no known memory card socket"));
    chip.spi(slot.spi()).attach(new SdCard(blocks), slot.select());
    slot.detect().ifPresent(pin -> pins().drive(pin, false));
  }

  /** Resets core and chip now; the memories keep their contents. */
  public void reset(ResetCause cause) {
    lastReset = cause;
    requests.reset = null;
    requests.nmi = false;
    chip.reset(cause);
    cpu.bootMicroMips((chip.flash().devcfg(0) & DEVCFG0_BOOTISA) == 0);
    cpu.reset();
    afterReset.run();
    resetListener.accept(cause);
  }

  /** Sets what happens after every reset from now on, in the place of code at the reset vector. */
  public void afterReset(Runnable start) {
    afterReset = start;
  }

  /** Adds {@code listener}, told of every reset from now on, after it has happened. */
  public void onReset(Consumer<ResetCause> listener) {
    resetListener = resetListener.andThen(listener);
  }

  /** The cause of the last reset. */
  public @Nullable ResetCause lastReset() {
    return lastReset;
  }

  @Override
  public long cycles() {
    return cpu.cycles();
  }

  /** Runs for {@code cycles} of SYSCLK. */
  public void run(long cycles) {
    runTo(cycles() + cycles);
  }

  @Override
  public void runTo(long cycle) {
    while (cpu.cycles() < cycle && !halted()) {
      advance(Math.min(cycle, events.nextDeadline()));
      events.fireDue(cpu.cycles());
      if (requests.reset != null) {
        reset(requests.reset);
      } else if (requests.nmi) {
        requests.nmi = false;
        cpu.nmi();
      }
    }
  }

  @Override
  public boolean halted() {
    return cpu.probe().stopped() != null;
  }

  private void advance(long cycle) {
    long idle = Math.min(cycle, requests.stalledUntil) - cpu.cycles();
    if (idle > 0) {
      cpu.consume((int) Math.min(idle, Integer.MAX_VALUE));
    } else {
      cpu.run(cycle);
    }
  }

  @Override
  public long nextWork() {
    boolean idle = cpu.waiting() || requests.stalledUntil > cpu.cycles();
    return idle ? events.nextDeadline() : cpu.cycles();
  }

  /** The core. */
  public Cpu cpu() {
    return cpu;
  }

  /** Everything on the die but the core. */
  public Chip chip() {
    return chip;
  }

  /** The address space. */
  public SystemBus bus() {
    return chip.bus();
  }

  /** What is going to happen. */
  public EventQueue events() {
    return events;
  }

  /** Frequencies, and the relation of cycles to time. */
  public Clocks clocks() {
    return chip.clocks();
  }

  /** SYSCLK now, hertz. */
  public long sysclkHz() {
    return chip.clocks().sysclkHz();
  }

  /** The serial line of UART {@code n}, 1 to 6. */
  public UartPort uart(int n) {
    return chip.uart(n);
  }

  /** The pins of the chip. */
  public PinPort pins() {
    return chip.pins();
  }

  /** The board. */
  public Board board() {
    return chip.board();
  }
}
