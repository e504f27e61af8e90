package org.vzrig.appliance.debug;

import java.io.PrintWriter;
import java.util.Locale;
import org.vzrig.appliance.debug.TraceFilter.Kind;
import org.vzrig.boards.Irq;
import org.vzrig.boards.SfrNames;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.cpu.CoreObserver;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.cpu.Disassembler;
import org.vzrig.emulator.machine.CycleTime;

/**
 * Writes what a machine does, a line for each event: virtual time in seconds, who, and what.
 *
 * <p>Works on the machine thread, which waits for the file: a trace loses nothing.
 */
final class Tracer implements CoreObserver, SystemBus.SfrObserver {
  private static final int INTSTAT = 0x1F81_0020;
  private static final int NANOS = 1_000_000_000;

  private final DebugView view;
  private final TraceFilter filter;
  private final PrintWriter out;
  private final Cpu cpu;
  private final CycleTime time;

  Tracer(DebugView view, TraceFilter filter, PrintWriter out) {
    this.view = view;
    this.filter = filter;
    this.out = out;
    cpu = view.machine().cpu();
    time = new CycleTime(view.machine().sysclkHz());
  }

  /** Starts tracing; before the machine runs. */
  void attach() {
    cpu.probe().observe(this);
    if (filter.kinds().contains(Kind.SFR)) {
      view.machine().bus().observe(this);
    }
  }

  @Override
  public boolean instructions() {
    return filter.kinds().contains(Kind.INSN);
  }

  @Override
  public void instruction(int guest, int pc, int word) {
    int va = pc & ~1;
    if (filter.shows(Kind.INSN, guest, va, va)) {
      String text = Disassembler.disassemble(word, pc);
      boolean half = Disassembler.length(word, pc) == 2;
      String digits = half ? "%04X    ".formatted(word >>> 16) : "%08X".formatted(word);
      line(guest, "%08X  %s  %-32s%s".formatted(va, digits, text, symbol(guest, va)));
    }
  }

  @Override
  public void taken(Taken taken) {
    Kind kind = taken.exit() ? Kind.EXIT : taken.code() == 0 ? Kind.IRQ : Kind.EXC;
    boolean interrupt = taken.code() == 0 && filter.kinds().contains(Kind.IRQ);
    int epc = taken.epc() & ~1;
    if (filter.shows(interrupt ? Kind.IRQ : kind, taken.from(), epc, epc)) {
      String what = "%-4s %s".formatted(kind.name().toLowerCase(Locale.ROOT), reason(taken));
      String at = symbol(taken.from(), epc);
      String where = "at %08X%s to %08X".formatted(epc, at, taken.vector() & ~1);
      line(taken.from(), what + " " + where);
    }
  }

  private String reason(Taken taken) {
    if (taken.code() == 0) {
      return taken.byGuest()
          ? "interrupt, level %d".formatted(taken.ripl())
          : "interrupt %s, level %d".formatted(source(), taken.ripl());
    }
    String guest = taken.guestName().isEmpty() ? "" : " " + taken.guestName();
    String bad = taken.addressed() ? " on %08X".formatted(taken.badAddress()) : "";
    return taken.name() + guest + bad;
  }

  /** The request that the interrupt controller presents now. */
  private String source() {
    Register intstat = view.machine().bus().register(INTSTAT);
    int irq = intstat == null ? 0 : intstat.value() & 0xFF;
    return Irq.exists(irq) ? Irq.name(irq) : String.valueOf(irq);
  }

  @Override
  public void accessed(int pa, int size, int value, boolean write) {
    cpu.probe().catchUp();
    int context = cpu.probe().context();
    int pc = cpu.pc() & ~1;
    if (filter.shows(Kind.SFR, context, pc, pa)) {
      String digits = ("%0" + 2 * size + "X").formatted(value);
      String what = write ? "<- " : "-> ";
      line(
          context,
          "sfr  %-12s %s%s at %08X%s"
              .formatted(SfrNames.of(pa), what, digits, pc, symbol(context, pc)));
    }
  }

  private String symbol(int context, int address) {
    return view.symbols(context).at(address).map(name -> " <" + name + ">").orElse("");
  }

  private void line(int context, String what) {
    long nanos = time.nanos(view.machine().cycles());
    String who = context == CoreObserver.ROOT ? "root" : "vm" + context;
    String shown = what.stripTrailing();
    out.printf("%4d.%09d %-4s %s%n", nanos / NANOS, nanos % NANOS, who, shown);
  }
}
