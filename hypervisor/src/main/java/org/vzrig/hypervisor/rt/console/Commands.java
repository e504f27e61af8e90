package org.vzrig.hypervisor.rt.console;

import static org.vzrig.emulator.cpu.Cp0Reg.BADINSTR;
import static org.vzrig.emulator.cpu.Cp0Reg.BADVADDR;
import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;
import static org.vzrig.emulator.cpu.Cp0Reg.CONTEXT;
import static org.vzrig.emulator.cpu.Cp0Reg.EPC;
import static org.vzrig.emulator.cpu.Cp0Reg.GUESTCTL2;
import static org.vzrig.emulator.cpu.Cp0Reg.SRSCTL;
import static org.vzrig.emulator.cpu.Cp0Reg.STATUS;

import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.vzrig.hypervisor.rt.core.InterruptUnit;
import org.vzrig.hypervisor.rt.exit.FaultReport;
import org.vzrig.hypervisor.rt.sched.History;
import org.vzrig.hypervisor.rt.sched.Scheduler;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** Root's commands: one character each, about the thread whose digit was typed last. */
public final class Commands {
  private final Scheduler scheduler;
  private final RootConsole console;
  private final InterruptUnit chip;
  private final FaultReport report;
  private final Consumer<VmThread> restart;
  private @Nullable VmThread selected;

  /**
   * The commands.
   *
   * @param restart takes a thread back to its entry
   */
  public Commands(
      Scheduler scheduler,
      RootConsole console,
      InterruptUnit chip,
      FaultReport report,
      Consumer<VmThread> restart) {
    this.scheduler = scheduler;
    this.console = console;
    this.chip = chip;
    this.report = report;
    this.restart = restart;
  }

  /** Carries out {@code character}; root holds the core, every thread's state is in its block. */
  public void execute(int character) {
    char command = (char) (character & 0x7F);
    if (command >= '0' && command <= '9') {
      selected = scheduler.thread(command - '0');
    } else if (command == 'T') {
      report.tlb();
    } else if (selected != null) {
      execute(command, selected);
    }
  }

  private void execute(char command, VmThread thread) {
    switch (command) {
      case 'q' -> query(thread);
      case 's' -> act(thread, "stopped", scheduler::stop);
      case 'c' -> act(thread, "continued", scheduler::proceed);
      case 'r' -> act(thread, "restarted", restart);
      case 'd' -> toggle(thread, "debug", VmThread.DEBUG);
      case 'e' -> toggle(thread, "exception trace", VmThread.EXCEPTION_TRACE);
      case 'i' -> toggle(thread, "interrupt trace", VmThread.INTERRUPT_TRACE);
      case 't' -> toggle(thread, "time trace", VmThread.TIME_TRACE);
      case 'I' -> interrupts(thread);
      default -> {}
    }
  }

  private void act(VmThread thread, String done, Consumer<VmThread> action) {
    action.accept(thread);
    console.print("\nThread%d: %s\n", thread.id(), done);
  }

  private void toggle(VmThread thread, String what, int flag) {
    console.print("\nThread%d: %s %s\n", thread.id(), what, thread.toggle(flag) ? "on" : "off");
  }

  private void query(VmThread thread) {
    console.print(
        "\nThread%d: EPC=%08x SRSctl=%08x Context=%08x gc2=%08x Cause=%08x BVA=%08x BI=%08x;"
            + " thread_flags=%08x\n",
        thread.id(),
        thread.saved(EPC),
        thread.saved(SRSCTL),
        thread.saved(CONTEXT),
        thread.saved(GUESTCTL2),
        thread.saved(CAUSE),
        thread.saved(BADVADDR),
        thread.saved(BADINSTR),
        thread.flags());
    console.print(
        "Guest: EPC=%08x Status=%08x Cause=%08x BVA=%08x BI=%08x; InjectedIRQ=%d"
            + " TimeLateCnt=%d\n",
        thread.guest().get(EPC),
        thread.guest().get(STATUS),
        thread.guest().get(CAUSE),
        thread.guest().get(BADVADDR),
        thread.guest().get(BADINSTR),
        thread.offeredIrq(),
        thread.clock().timesLate());
    History history = thread.history();
    console.print(
        "LastIRQ=%s; Cause=%s; GCause=%s\n",
        lastFour(history::interruptAgo),
        lastFour(history::causeAgo),
        lastFour(history::guestCauseAgo));
  }

  private static String lastFour(IntUnaryOperator ago) {
    return "%d %d %d %d"
        .formatted(ago.applyAsInt(0), ago.applyAsInt(1), ago.applyAsInt(2), ago.applyAsInt(3));
  }

  private void interrupts(VmThread thread) {
    words("IFS", offset -> chip.read(InterruptUnit.IFS + offset));
    words("IEC", offset -> chip.read(InterruptUnit.IEC + offset));
    words("vmic IFS", offset -> thread.ic().word(InterruptUnit.IFS + offset));
    words("vmic IEC", offset -> thread.ic().word(InterruptUnit.IEC + offset));
    console.print("\n");
  }

  private void words(String title, IntUnaryOperator word) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < InterruptUnit.WORDS; i++) {
      line.append(" %08x".formatted(word.applyAsInt(i * 16)));
    }
    console.print("\n%s:\n%s", title, line);
  }
}
