package org.vzrig.hypervisor.rt;

import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.vzrig.boards.Board;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.cpu.RootMode;
import org.vzrig.emulator.cpu.Tlb;
import org.vzrig.emulator.cpu.TlbEntry;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.rt.console.BusViolations;
import org.vzrig.hypervisor.rt.console.Commands;
import org.vzrig.hypervisor.rt.console.InputMux;
import org.vzrig.hypervisor.rt.console.Line;
import org.vzrig.hypervisor.rt.console.LogRing;
import org.vzrig.hypervisor.rt.console.RootConsole;
import org.vzrig.hypervisor.rt.console.WallTime;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.core.InterruptUnit;
import org.vzrig.hypervisor.rt.device.ConsoleDevice;
import org.vzrig.hypervisor.rt.device.IcDevice;
import org.vzrig.hypervisor.rt.device.VirtualInterrupts;
import org.vzrig.hypervisor.rt.exit.Exits;
import org.vzrig.hypervisor.rt.exit.FaultReport;
import org.vzrig.hypervisor.rt.exit.Root;
import org.vzrig.hypervisor.rt.sched.GuestTimers;
import org.vzrig.hypervisor.rt.sched.Scheduler;
import org.vzrig.hypervisor.rt.sched.Timers;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * Owns root mode of the core: starts the guests of a layout and handles everything for which they
 * leave guest mode, in the way of tinyVP.
 *
 * <p>Owned by the machine thread. Every entry happens in the middle of {@link Cpu#run}.
 */
public final class Hypervisor implements RootMode {
  private static final int TIMER_IRQ = 0;
  private static final int TIMER_PRIORITY = 0x1B;
  private static final int INTCON = 0;
  private static final int GENERAL_PRIORITY = 0x08080808;
  private static final long SECOND = 1_000_000_000;
  private static final String NOTHING_THERE = "setup: nothing answers at %08x\n";

  private final Core core;
  private final Board board;
  private final transient Layout layout;
  private final long sysclkHz;
  private final InterruptUnit chip;
  private final BoardStart boardStart;
  private Runnable startAgain = () -> {};
  private final VmThread rootThread = Threads.root();
  private final Scheduler scheduler;
  private final Timers timers;
  private final GuestTimers guestTimers;
  private final VirtualInterrupts interrupts;
  private final Line line;
  private final RootConsole console;
  private final InputMux input;
  private final ConsoleDevice consoleDevice;
  private final BusViolations violations;
  private final Exits exits;
  private final Commands commands;
  private final Orders orders;
  private final Runnable[] byIrq = new Runnable[256];
  private final Timers.Timer tick;
  private final Timers.Timer mark;
  private long start;
  private long ticks;

  /**
   * A hypervisor for the guests of {@code layout}, whose programs lie in memory already.
   *
   * @param sysclkHz frequency of the core in hertz
   * @param printed told who prints what on the console
   */
  public Hypervisor(
      Cpu cpu, CpuBus bus, Board board, Layout layout, long sysclkHz, RootConsole.Printed printed) {
    core = new Core(cpu, bus);
    this.board = board;
    this.layout = layout;
    this.sysclkHz = sysclkHz;
    boardStart = new BoardStart(core, board);
    chip = new InterruptUnit(core);
    scheduler = new Scheduler(cpu, rootThread);
    timers = new Timers(new RootCompare(core));
    guestTimers = new GuestTimers(timers, this::guestTimerExpired);
    interrupts = new VirtualInterrupts(scheduler, guestTimers);
    LogRing log = new LogRing();
    line = new Line(core, chip, board.console(), log);
    console = new RootConsole(log, line, printed);
    int last = layout.maxThread();
    input = new InputMux(last, id -> scheduler.thread(id) != null, this::typed, console::echo);
    consoleDevice = new ConsoleDevice(console, input, line, interrupts, last);
    interrupts.console(consoleDevice);
    violations = new BusViolations(core, chip, console);
    FaultReport report = new FaultReport(core, console);
    exits = new Exits(root(), report);
    commands = new Commands(scheduler, console, chip, report, this::restart);
    orders = new Orders(timers, scheduler, this::restart);
    tick = timers.timer(this::tick);
    mark = timers.timer(this::mark);
    int loop = Threads.loopAddress(layout);
    layout.vms().values().forEach(vm -> add(Threads.of(vm, loop)));
    declareInterrupts();
  }

  private Root root() {
    return new Root(
        core,
        scheduler,
        guestTimers,
        interrupts,
        console,
        Map.of("console", consoleDevice, "ic_emulator", new IcDevice(chip, interrupts)));
  }

  private void add(VmThread thread) {
    scheduler.add(thread);
    guestTimers.add(thread);
  }

  private void declareInterrupts() {
    Arrays.setAll(byIrq, irq -> () -> passOn(irq));
    byIrq[TIMER_IRQ] = this::timerInterrupt;
    byIrq[line.transmitIrq()] = this::transmitted;
    byIrq[line.receiveIrq()] = this::received;
    byIrq[BusViolations.IRQ] = violations::report;
  }

  // --- start

  /** Starts root as after a reset of the chip, and the first guest with it. */
  public void start() {
    core.cpu().rootMode(this);
    int status = core.root(Cp0Reg.STATUS);
    int cause = core.root(CAUSE);
    boardStart.open(layout);
    openCore();
    line.open(boardStart.peripheralHz(sysclkHz), board.console().baud());
    openInterrupts();
    BootText text = new BootText(core, console);
    text.found(status, cause, line);
    line.listen();
    violations.open();
    boardStart.ready();
    openTime();
    text.time(nanosecondsPerCount(), start);
    text.configuration();
    boardStart.unanswered().forEach(word -> console.print(NOTHING_THERE, word.address()));
    scheduler.threads().forEach(this::restart);
    scheduler.settle();
    core.cpu().enter();
  }

  private void openCore() {
    core.root().set(Cp0Reg.STATUS, Bits.STATUS_IE | Bits.STATUS_EXL);
    core.root().write(CAUSE, Bits.CAUSE_IV);
    core.root().set(Cp0Reg.INTCTL, Bits.INTCTL_VS32);
    core.root().set(Cp0Reg.EBASE, exceptionBase());
    core.root().set(Cp0Reg.PAGEGRAIN, 0xC8000000);
    core.root().set(Cp0Reg.CONTEXT, 0);
    for (int i = 0; i < Tlb.SIZE; i++) {
      core.cpu().rootTlb().write(i, TlbEntry.of(Bits.ENTRYHI_EHINV, 0, 0, 0, 0));
    }
  }

  /** Where tinyVP's vectors would be: behind the reset code on boards without a loader. */
  private int exceptionBase() {
    int code = board.tinyvp().vzCode();
    return board.loader().isPresent() ? code : code + 0x1000;
  }

  private void openInterrupts() {
    chip.write(INTCON, 0);
    for (int word = 0; word < InterruptUnit.WORDS; word++) {
      chip.write(InterruptUnit.IEC + word * 16 + InterruptUnit.CLR, -1);
    }
    for (int irq = 0; irq < InterruptUnit.SOURCES; irq += 4) {
      chip.write(InterruptUnit.IPC + irq * 4 + InterruptUnit.SET, GENERAL_PRIORITY);
    }
  }

  private void openTime() {
    start = timers.now();
    chip.priority(TIMER_IRQ, TIMER_PRIORITY);
    chip.unmask(TIMER_IRQ);
    timers.set(tick, start + countsPerSecond());
    timers.set(mark, start + countsPerSecond());
  }

  private long countsPerSecond() {
    return sysclkHz / 2;
  }

  private int nanosecondsPerCount() {
    return (int) (SECOND / countsPerSecond());
  }

  private void restart(VmThread thread) {
    dropTranslations(thread);
    consoleDevice.reset(thread);
    exits.forget(thread);
    scheduler.restart(thread, guestTimers);
  }

  private void dropTranslations(VmThread thread) {
    for (Tlb tlb : List.of(core.cpu().rootTlb(), core.cpu().guestTlb())) {
      for (int i = 0; i < Tlb.SIZE; i++) {
        if (thread.setup().guest() && tlb.entry(i).guestId() == thread.id()) {
          tlb.write(i, TlbEntry.of(Bits.ENTRYHI_EHINV, 0, 0, 0, 0));
        }
      }
    }
  }

  // --- exceptions

  @Override
  public void exception(Cpu cpu, int vectorOffset) {
    VmThread thread = scheduler.current();
    if (thread.setup().guest()) {
      noticeAcceptance(thread);
    }
    int code = Bits.code(core.root(CAUSE));
    if (exits.debug(thread)) {
      cpu.consume(Costs.EXIT);
    } else if (code == 0) {
      cpu.consume(Costs.INTERRUPT);
      interrupt();
    } else if (scheduler.idle()) {
      throw new IllegalStateException("exception %d in root itself".formatted(code));
    } else if (vectorOffset == 0 && exits.refill(thread)) {
      cpu.consume(Costs.REFILL);
    } else {
      cpu.consume(Costs.EXIT);
      exits.exception(thread);
    }
    scheduler.settle();
    if (scheduler.current() != thread) {
      cpu.consume(Costs.SWITCH);
    }
  }

  /**
   * On a board with a boot loader, which stands at the reset vector, everything starts anew;
   * elsewhere all lights go on and root stops until a reset, as under tinyVP.
   */
  @Override
  public void nmi(Cpu cpu) {
    if (board.loader().isPresent()) {
      startAgain.run();
      return;
    }
    boardStart.allLights();
    openInterrupts();
    cpu.idle();
  }

  /** Sets what takes this hypervisor's place after a non-maskable interrupt. */
  public void startAgain(Runnable action) {
    startAgain = action;
  }

  private void noticeAcceptance(VmThread thread) {
    if (interrupts.noticeAcceptance(thread) && thread.traces(VmThread.INTERRUPT_TRACE)) {
      console.print(
          "Thread%d: interrupt %d, ipl %d\n",
          thread.id(), thread.interruptedIrq(), thread.interruptedIpl());
    }
  }

  // --- interrupts

  private void interrupt() {
    byIrq[chip.presented()].run();
  }

  /** A request that disappeared shows as source 0. */
  private void timerInterrupt() {
    if ((core.root(CAUSE) & Bits.CAUSE_TI) != 0) {
      timers.fire();
      chip.acknowledge(TIMER_IRQ);
    }
  }

  private void transmitted() {
    boolean full = !console.hasRoomForGuests();
    line.transmitReady();
    if (full && console.hasRoomForGuests()) {
      scheduler.threads().forEach(interrupts::update);
    }
  }

  /** A source of the chip stays disabled until its guest clears the flag. */
  private void passOn(int irq) {
    chip.mask(irq);
    VmThread owner = owner(irq);
    if (owner == rootThread) {
      console.print("do_IRQ: mask unexpect irq %d\n", irq);
    } else {
      interrupts.raise(owner, irq);
    }
  }

  private VmThread owner(int irq) {
    List<Integer> owners = layout.irqs().owner();
    VmThread owner = irq < owners.size() ? scheduler.thread(owners.get(irq)) : null;
    return owner == null ? rootThread : owner;
  }

  private void guestTimerExpired(VmThread thread) {
    int cause = scheduler.guest(thread, CAUSE);
    scheduler.guest(thread, CAUSE, cause | Bits.CAUSE_TI);
    interrupts.update(thread);
  }

  private void received() {
    line.received(input::received);
    while (input.waiting(0)) {
      scheduler.enterRoot();
      commands.execute(input.next(0));
    }
  }

  private void typed(int id) {
    VmThread thread = scheduler.thread(id);
    if (thread != null && thread.setup().guest()) {
      interrupts.update(thread);
    }
  }

  // --- root's own timers

  private void tick() {
    ticks++;
    timers.set(tick, start + (ticks + 1) * countsPerSecond());
    scheduler.tick();
  }

  private void mark() {
    console.print(
        "\nStatus=0x%08x, Cause=0x%08x sp=%08x ra=%08x\n",
        ownStatus(), core.root(CAUSE), core.gpr(29), core.gpr(31));
    console.print("|------- [%s] --------|\n", WallTime.text(wallTime()));
    timers.set(mark, timers.now() + 2 * countsPerSecond());
  }

  /** Status as MIPS code of root's would see it here: in kernel mode, with coprocessor 0. */
  private int ownStatus() {
    return core.root(Cp0Reg.STATUS) & ~Bits.STATUS_MODE | Bits.STATUS_CU0;
  }

  /** Nanoseconds since root started. */
  public long wallTime() {
    return (timers.now() - start) * nanosecondsPerCount();
  }

  // --- what is known from outside

  /** Takes orders about guests and threads from outside. */
  public Orders orders() {
    return orders;
  }

  /** How every guest and thread is, by id. */
  public List<ThreadStatus> status() {
    return scheduler.threads().stream().map(this::status).toList();
  }

  private ThreadStatus status(VmThread thread) {
    return new ThreadStatus(
        thread.id(),
        thread.setup().guest(),
        state(thread),
        thread.fault(),
        scheduler.root(thread, Cp0Reg.EPC),
        thread.history().exits());
  }

  private ThreadStatus.State state(VmThread thread) {
    if (thread.stopped()) {
      return thread.fault() == null ? ThreadStatus.State.STOPPED : ThreadStatus.State.FAULTED;
    }
    if (!thread.running()) {
      return ThreadStatus.State.WAITING;
    }
    return thread == scheduler.current() ? ThreadStatus.State.CURRENT : ThreadStatus.State.READY;
  }

  /** Characters that did not fit into the log. */
  public long lostCharacters() {
    return console.lost();
  }
}
