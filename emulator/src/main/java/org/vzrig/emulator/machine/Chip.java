package org.vzrig.emulator.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.vzrig.boards.Board;
import org.vzrig.boards.Irq;
import org.vzrig.boards.Region;
import org.vzrig.boards.SfrNames;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Segment;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.periph.Adc;
import org.vzrig.emulator.periph.Arbiter;
import org.vzrig.emulator.periph.Cfg;
import org.vzrig.emulator.periph.Clocks;
import org.vzrig.emulator.periph.CoreControl;
import org.vzrig.emulator.periph.Cru;
import org.vzrig.emulator.periph.Crypto;
import org.vzrig.emulator.periph.DeadmanTimer;
import org.vzrig.emulator.periph.Dma;
import org.vzrig.emulator.periph.Evic;
import org.vzrig.emulator.periph.ExternalInterrupts;
import org.vzrig.emulator.periph.Flash;
import org.vzrig.emulator.periph.I2c;
import org.vzrig.emulator.periph.InputCapture;
import org.vzrig.emulator.periph.Nvm;
import org.vzrig.emulator.periph.OutputCompare;
import org.vzrig.emulator.periph.Peripheral;
import org.vzrig.emulator.periph.Ports;
import org.vzrig.emulator.periph.Pps;
import org.vzrig.emulator.periph.Prefetch;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.emulator.periph.Resets;
import org.vzrig.emulator.periph.Rng;
import org.vzrig.emulator.periph.Rtcc;
import org.vzrig.emulator.periph.Spi;
import org.vzrig.emulator.periph.SystemLock;
import org.vzrig.emulator.periph.Timers;
import org.vzrig.emulator.periph.Uarts;
import org.vzrig.emulator.periph.Unconnected;
import org.vzrig.emulator.periph.Watchdog;
import org.vzrig.emulator.port.AnalogPort;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.emulator.port.UartPort;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/** Everything on the die but the core, for one board. Owned by the machine thread. */
public final class Chip {
  private static final int FRC_HZ = 8_000_000;
  private static final int RTCC = 166;
  private static final int CRYPTO = 107;

  private final Board board;
  private final SystemBus bus;
  private final Memory ram;
  private final Flash flash;
  private final Clocks clocks;
  private final Evic evic;
  private final Cru cru;
  private final Resets resets;
  private final Cfg cfg;
  private final Arbiter arbiter;
  private final Ports ports;
  private final Pps pps;
  private final Uarts uarts;
  private final Timers timers;
  private final Adc adc;
  private final Spi[] spis = new Spi[6];
  private final I2c[] i2cs = new I2c[5];
  private final List<Peripheral> modules = new ArrayList<>();

  /**
   * The chip of {@code board}, in the state after power-on with erased flash.
   *
   * @param clock cycles of SYSCLK, counted by the core
   * @param events where modules schedule what they do
   * @param core what modules ask of the machine
   * @param pc the core's PC now, for warnings
   */
  public Chip(
      Board board, VirtualClock clock, EventQueue events, CoreControl core, IntSupplier pc) {
    this.board = board;
    bus = new SystemBus(SfrNames::of, pc);
    ram = new Memory("RAM", board.chip().ramBytes(), 0);
    bus.map(board.chip().region(Region.Kind.RAM).base(), ram, 0, ram.size(), true);
    flash = new Flash(bus, board.chip().flashBytes());
    clocks = new Clocks(clock, FRC_HZ);
    SystemLock lock = new SystemLock();
    evic = add(new Evic(clock, events));
    cfg = add(new Cfg(lock, flash, board.chip().deviceId()));
    cru = add(new Cru(clock, events, clocks, lock, flash, board.crystalHz()));
    resets = new Resets(clock, events, cru.registers(), lock, core);
    evic.onNmi(resets::generalNmi);
    ports = new Ports(bus, clock, evic, board.chip());
    pps = add(new Pps(ports, cfg));
    ExternalInterrupts.connect(evic, pps, ports);
    uarts =
        new Uarts(
            clock, events, clocks, evic, pps, Map.of(board.console().number(), board.console()));
    for (int n = 1; n <= Uarts.COUNT; n++) {
      cfg.gate(5, n - 1, add(uarts.module(n)));
    }
    add(new Nvm(clock, events, clocks, bus, flash, cfg, evic.line(Irq.FLASH_CONTROL), core));
    add(new Watchdog(clock, events, clocks, flash, resets));
    add(new DeadmanTimer(clock, events, flash, resets));
    add(new Prefetch());
    cfg.gate(7, 4, add(new Dma(clock, events, evic, bus)));
    timers = new Timers(clock, events, clocks, evic);
    for (int n = 1; n <= Timers.COUNT; n++) {
      cfg.gate(4, n - 1, add(timers.timer(n)));
    }
    for (int n = 1; n <= spis.length; n++) {
      spis[n - 1] = new Spi(n, clock, events, clocks, ports, evic);
      cfg.gate(5, 7 + n, add(spis[n - 1]));
    }
    for (int n = 1; n <= i2cs.length; n++) {
      i2cs[n - 1] = new I2c(n, clock, events, clocks, evic.line(Irq.i2cBus(n) + 2));
      cfg.gate(5, 15 + n, add(i2cs[n - 1]));
    }
    for (int n = 1; n <= Timers.COUNT; n++) {
      cfg.gate(3, n - 1, add(new InputCapture(n, timers, cfg, pps, ports, evic)));
      cfg.gate(3, 15 + n, add(new OutputCompare(n, events, timers, cfg, pps, evic)));
    }
    cfg.gate(6, 0, add(new Rtcc(clock, events, clocks, lock, evic.line(RTCC))));
    cfg.gate(7, 20, add(new Rng()));
    adc = add(new Adc(clock, events, clocks, evic, timers));
    cfg.gate(1, 0, adc);
    addPartial(clock, events);
    arbiter = new Arbiter(bus, cfg, evic.line(Irq.SYSTEM_BUS_PROTECTION));
    reset(ResetCause.POWER_ON);
  }

  /** What only some parts have, and what has nothing at its pins. */
  private void addPartial(VirtualClock clock, EventQueue events) {
    cfg.gate(1, 12, add(Unconnected.voltageReference()));
    cfg.gate(2, 0, add(Unconnected.comparators()));
    cfg.gate(5, 24, add(Unconnected.usb()));
    add(Unconnected.usbControl());
    if (!board.chip().name().contains("EFG")) {
      cfg.gate(5, 28, add(Unconnected.can(1)));
      cfg.gate(5, 29, add(Unconnected.can(2)));
    }
    if (board.chip().name().contains("EFM")) {
      cfg.gate(7, 22, add(new Crypto(clock, events, bus, evic.line(CRYPTO))));
    }
    cfg.gate(6, 16, add(Unconnected.pmp()));
    cfg.gate(6, 17, add(Unconnected.ebi()));
    cfg.gate(6, 23, add(Unconnected.sqi()));
    cfg.gate(6, 28, add(Unconnected.ethernet()));
  }

  private <T extends Peripheral> T add(T module) {
    modules.add(module);
    bus.attach(module.registers());
    return module;
  }

  /** Resets every module; RAM keeps its contents, flash too. */
  public void reset(ResetCause cause) {
    int flags = resets.rcon();
    flash.reset();
    bus.reset();
    for (Peripheral module : modules) {
      module.reset();
    }
    resets.reset(cause, flags);
    ports.reset();
    pps.reset();
    arbiter.reset();
  }

  /**
   * Puts the bytes of {@code image} into flash and RAM, as a programmer does.
   *
   * @throws org.vzrig.emulator.bus.BusError when a byte lies outside the memories
   */
  public void load(Image image) {
    for (Segment segment : image.segments()) {
      bus.load(segment.address(), segment.data());
    }
  }

  /** Gives the board's configuration words to a boot flash that has none. */
  public void shipConfigWords() {
    Memory panel = flash.boot(1);
    for (Map.Entry<Integer, Integer> word : board.devcfg().words().entrySet()) {
      int offset = word.getKey() - Flash.LOWER_BOOT;
      if (panel.load(offset, 4) == -1) {
        panel.store(offset, 4, word.getValue());
      }
    }
  }

  /**
   * Routes the console UART to the board's pins, as the board's boot loader does before it starts
   * an application.
   */
  public void routeConsole() {
    org.vzrig.boards.Uart console = board.console();
    pps.route(
        "U" + console.number() + "RX",
        console.receiveSelect(),
        console.transmit(),
        console.transmitSelect());
  }

  /** The board it stands on. */
  public Board board() {
    return board;
  }

  /** The address space. */
  public SystemBus bus() {
    return bus;
  }

  /** Data memory. */
  public Memory ram() {
    return ram;
  }

  /** Program and boot flash. */
  public Flash flash() {
    return flash;
  }

  /** Frequencies and the relation of cycles to time. */
  public Clocks clocks() {
    return clocks;
  }

  /** The interrupt controller. */
  public Evic evic() {
    return evic;
  }

  /** The pins. */
  public PinPort pins() {
    return ports;
  }

  /** SPI {@code n}, 1 to 6, for slaves on the board. */
  public Spi spi(int n) {
    return spis[n - 1];
  }

  /** I2C {@code n}, 1 to 5, for slaves on the board. */
  public I2c i2c(int n) {
    return i2cs[n - 1];
  }

  /** Voltages at the analog inputs. */
  public AnalogPort analog() {
    return adc;
  }

  /** The serial line of UART {@code n}, 1 to 6. */
  public UartPort uart(int n) {
    return uarts.port(n);
  }
}
