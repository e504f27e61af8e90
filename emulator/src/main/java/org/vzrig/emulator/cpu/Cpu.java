package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.snapshot.Restored;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The MIPS M5150 core: registers, the run loop, and the fast path of memory accesses.
 *
 * <p>One instruction takes one cycle of SYSCLK. Owned by the machine thread.
 */
public final class Cpu implements VirtualClock, InterruptInput, Restored {
  private static final int RESET_VECTOR = 0xBFC0_0000;
  private static final int LONGEST_RUN = 1 << 30;
  private static final int DEBUG_DM = 1 << 30;
  private static final Interpreter MIPS32 = InterpreterGenerator.generate();
  private static final Interpreter INTERPRETER = Cpu::interpret;

  // --- state that the generated engine works on

  /** The eight shadow register sets. */
  final int[][] sets = new int[8][32];

  /** Accumulators: HI in the upper half, LO in the lower; 0 is the MIPS32 pair. */
  final long[] ac = new long[4];

  /** The current register set. */
  int[] gpr = sets[0];

  /**
   * The instruction that executes, or executes next; bit 0 is the instruction set, as in EPC: it is
   * set in microMIPS.
   */
  int pc = RESET_VECTOR;

  /** Where an instruction that ends a block goes on. */
  transient int next;

  /** Instructions executed since {@link #base}. */
  int n;

  /** Value of {@link #n} at which the engine stops. */
  transient int limit;

  /** Value of {@link #n} that the delay slot of the last branch executes with. */
  transient int delaySlot = -1;

  /** In microMIPS, whose branches have two lengths: the last branch with a delay slot. */
  transient int branchPc;

  /** Address of the page that the engine may go on fetching from without asking. */
  transient int fetchBase;

  /** How many regions lie on the thread's stack. */
  transient int depth;

  /** The indirect jump that translated code was left with, or 0. */
  transient int jumpedFrom;

  /** Where that jump went to. */
  transient int jumpedTo;

  /** What translated code ended with. */
  transient @Nullable CpuException thrown;

  /** Page and index of the last instruction that was first seen to access a device. */
  transient @Nullable CodePage slowPage;

  transient int slowIndex;

  /** The page fetched last. */
  transient CodePage codePage = NO_PAGE;

  /** Remembered translations of the current mode. */
  transient SoftTlb soft;

  boolean guestMode;
  boolean kernel = true;
  boolean waiting;
  private boolean fpuUsable;
  private boolean dspUsable;

  final Cp0 root = new Cp0(this, false);
  final Cp0 guest = new Cp0(this, true);
  final Fpu fpu = new Fpu(this);
  final Dsp dsp = new Dsp();
  final Tlb rootTlb = new Tlb(this::flushTranslations);
  final Tlb guestTlb = new Tlb(this::flushTranslations);
  final Exceptions exceptions = new Exceptions(this);
  final CoreLines lines;
  final CoreTimer timer;
  final Cop0 cop0;
  final transient Probe probe = new Probe(this);
  final Watchpoints watch = new Watchpoints(this);
  final PerfCounters counters;
  private final Mmu mmu;

  private static final CodePage NO_PAGE = new CodePage(new Memory("none", 4096, 0), 0);

  /** Lets the interpreter run through places where translated code starts. */
  transient boolean plain;

  private transient Interpreter engine = new Dispatcher(INTERPRETER)::run;

  /** What was translated. */
  transient Translations translated = new Translations();

  private long base;

  /** Cycles of {@link #base} in which no instruction executed. */
  private long idled;

  /** Instructions, a delay slot being one, that the last run of the engine completed. */
  private transient int completed;

  private boolean debugSteps;
  private boolean debugStepDone;
  private boolean leave;
  private transient boolean stateChanged = true;
  private boolean linked;
  private int requestedRipl;
  private int requestedVector;
  private int requestedSet;
  private @Nullable RootMode rootMode;
  private boolean idle;
  private int nextBootIsa;
  private final int[] words = new int[10];

  /**
   * A core on {@code bus}.
   *
   * @param events queue of the machine; the core's timer lives in it
   * @param lines where the timer, software and performance counter interrupts go
   */
  public Cpu(CpuBus bus, EventQueue events, CoreLines lines) {
    this.lines = lines;
    mmu = new Mmu(this, bus);
    soft = mmu.mode(0);
    timer = new CoreTimer(this, events);
    cop0 = new Cop0(this);
    counters = new PerfCounters(this, events);
    reset();
  }

  // --- outside view

  /** Which engine executes instructions. */
  public enum Engine {
    /** The interpreter alone. */
    INTERPRETER,
    /** Translated code wherever something is executed more than a few times. */
    TRANSLATOR,
    /** Translated code where it is hot, the interpreter elsewhere. */
    AUTO
  }

  private static final int EAGER_CHUNK = 64;
  private static final int EAGER_HOT = 2;

  /** Chooses the engine; both do the same, instruction for instruction. */
  public void engine(Engine choice) {
    engine =
        switch (choice) {
          case INTERPRETER -> INTERPRETER;
          case TRANSLATOR -> new Dispatcher(INTERPRETER, EAGER_CHUNK, EAGER_HOT)::run;
          case AUTO -> new Dispatcher(INTERPRETER)::run;
        };
    plain = choice == Engine.INTERPRETER;
  }

  /** How many regions this core has translated so far. */
  public long translations() {
    return translated.made();
  }

  /** How many translated regions there are now. */
  public int regions() {
    return translated.size();
  }

  /** For tests: keeps at most {@code most} translated regions. */
  void keepRegions(int most) {
    translated = new Translations(most);
  }

  /** For tests: translates after {@code hot} samples, one every {@code chunk} instructions. */
  void translateEagerly(int chunk, int hot) {
    engine = new Dispatcher(INTERPRETER, chunk, hot)::run;
    plain = false;
  }

  /** Puts the core into the state after reset; it goes on at BFC00000. */
  public void reset() {
    root.reset();
    guest.reset();
    root.bootIsa(nextBootIsa);
    guest.bootIsa(nextBootIsa);
    rootTlb.reset();
    guestTlb.reset();
    timer.reset();
    counters.reset();
    watch.changed();
    fpu.reset();
    dsp.control = 0;
    linked = false;
    waiting = false;
    pc = resetVector();
    stateChanged();
  }

  /**
   * Which instruction set the core is in after reset and in bootstrap exception handlers
   * (DEVCFG0.BOOTISA); from the next {@link #reset} on.
   */
  public void bootMicroMips(boolean micro) {
    nextBootIsa = micro ? 1 : 0;
  }

  /** Instruction set of the core after its last reset: 1 for microMIPS (Config3.ISA). */
  int bootIsa() {
    return root.bootIsa();
  }

  /** The address after reset and of the handler of NMIs; bit 0 is its instruction set. */
  public int resetVector() {
    return RESET_VECTOR | bootIsa();
  }

  @Override
  public long cycles() {
    return base + n;
  }

  /** Instructions executed since power-on. */
  long instructions() {
    return base - idled + n;
  }

  /**
   * Lets {@code cycles} of virtual time pass without executing: the cost of work done outside the
   * core.
   */
  public void consume(int cycles) {
    base += cycles;
    idled += cycles;
    limit = 0;
  }

  /**
   * Executes until the clock reaches {@code untilCycle} (a delay slot may end one cycle later), or
   * until {@link #kick}. A core that waits lets the time pass.
   */
  public void run(long untilCycle) {
    leave = false;
    while (!leave && cycles() < untilCycle) {
      if (stateChanged) {
        updateMode();
      }
      if (!takeInterrupt()) {
        if (waiting) {
          idled += untilCycle - base;
          base = untilCycle;
        } else {
          execute(untilCycle);
        }
      }
    }
  }

  /** Makes {@link #run} return after the instruction that executes now. */
  public void kick() {
    leave = true;
    limit = 0;
  }

  private void execute(long untilCycle) {
    if (probe.active() || debugSteps || counters.steps()) {
      step();
      return;
    }
    limit = (int) Math.min(untilCycle - base, LONGEST_RUN);
    run(engine);
  }

  /** One instruction (a branch with its delay slot), or none when the probe stops the core. */
  private void step() {
    if (probe.active() && !probe.admits()) {
      leave = true;
      return;
    }
    limit = 1;
    int first = pc;
    boolean counts = counters.steps();
    boolean translates = !plain;
    plain = true;
    run(INTERPRETER);
    plain = !translates;
    debugStepDone = debugSteps && completed > 0;
    if (counts) {
      counters.completed(first, completed);
    }
  }

  private static void interpret(Cpu cpu) {
    ((cpu.pc & 1) == 0 ? MIPS32 : Micro.INTERPRETER).run(cpu);
  }

  /** Generated when microMIPS code is first met. */
  private static final class Micro {
    static final Interpreter INTERPRETER = MicroInterpreterGenerator.generateMicro();
  }

  private void run(Interpreter chosen) {
    delaySlot = -1;
    try {
      chosen.run(this);
    } catch (CpuException e) {
      thrown = e;
    }
    if (thrown != null) {
      CpuException e = thrown;
      thrown = null;
      raised(e);
    } else {
      probe.executed(n == 2);
      completed = n;
      fold();
    }
  }

  private void raised(CpuException e) {
    boolean inSlot = inDelaySlot();
    if (e.halt) {
      rewind(inSlot);
      return;
    }
    probe.executed(inSlot && !e.fetch);
    completed = inSlot ? 1 : 0;
    fold();
    delaySlot = inSlot ? 0 : -1;
    exceptions.take(e);
    delaySlot = -1;
  }

  /** Undoes the instruction that was not allowed to finish, with the branch before it. */
  private void rewind(boolean inSlot) {
    n -= inSlot ? 2 : 1;
    pc = restart(inSlot);
    fold();
    leave = true;
  }

  private void fold() {
    base += n;
    n = 0;
  }

  @Override
  public void request(int ripl, int vectorOffset, int shadowSet) {
    requestedRipl = ripl;
    requestedVector = vectorOffset;
    requestedSet = shadowSet;
    limit = 0;
  }

  private boolean takeInterrupt() {
    if (debugStepDone) {
      debugStepDone = false;
      exceptions.debugStep();
      return true;
    }
    if (requestedRipl > 0 && waiting) {
      // Config7.WII: a request ends WAIT even where interrupts are masked
      waiting = false;
    }
    if (Status.accepts(root.get(Cp0Reg.STATUS), requestedRipl) && !inDebug()) {
      exceptions.interruptRoot(requestedRipl, requestedVector, requestedSet);
      return true;
    }
    if (guestInterruptWaits()) {
      exceptions.interruptGuest(root.get(Cp0Reg.GUESTCTL2));
      return true;
    }
    return !waiting && watch.takeDeferred();
  }

  private boolean guestInterruptWaits() {
    return guestMode && Status.accepts(guest.get(Cp0Reg.STATUS), root.get(Cp0Reg.GUESTCTL2) >>> 24);
  }

  /** The address of the next instruction; bit 0 is set in microMIPS. */
  public int pc() {
    return pc;
  }

  /** Sets the address of the next instruction and, by bit 0, the instruction set. */
  public void pc(int address) {
    pc = address;
  }

  /** Whether the core is in WAIT and no interrupt is there to end it. */
  public boolean waiting() {
    return waiting && requestedRipl == 0 && !(inGuest() && guestInterruptWaits());
  }

  /** Whether the core runs in guest mode. */
  public boolean inGuest() {
    if (stateChanged) {
      updateMode();
    }
    return guestMode;
  }

  /** General register {@code r} of shadow set {@code set}. */
  public int gpr(int set, int r) {
    return sets[set][r];
  }

  /** Sets general register {@code r} of shadow set {@code set}; r0 stays 0. */
  public void gpr(int set, int r, int value) {
    if (r != 0) {
      sets[set][r] = value;
    }
  }

  /** The shadow set that the current mode uses. */
  public int currentSet() {
    int own = (inGuest() ? guest : root).get(Cp0Reg.SRSCTL) & 0xF;
    return own + (guestMode ? root.get(Cp0Reg.GUESTCTL3) : 0) & 7;
  }

  /** Accumulator {@code i} (0 to 3): HI in the upper half, LO in the lower. */
  public long accumulator(int i) {
    return ac[i];
  }

  /** Sets accumulator {@code i}. */
  public void accumulator(int i, long value) {
    ac[i] = value;
  }

  /** Breakpoints, watchpoints, single steps and the observer of this core. */
  public Probe probe() {
    return probe;
  }

  /** FPU register {@code i} (0 to 31) with all its 64 bits, whatever Status.FR says. */
  public long fpuRegister(int i) {
    return fpu.reg[i];
  }

  /** Sets FPU register {@code i}. */
  public void fpuRegister(int i, long value) {
    fpu.reg[i] = value;
  }

  /** The FPU's control and status register. */
  public int fcsr() {
    return fpu.fcsr;
  }

  /** Sets the FPU's control and status register. */
  public void fcsr(int value) {
    fpu.fcsr = value;
  }

  /** DSPControl with all its bits. */
  public int dspControl() {
    return dsp.control;
  }

  /** Sets DSPControl. */
  public void dspControl(int value) {
    dsp.control = value;
  }

  /** The root CP0 context. */
  public Cp0 root() {
    return root;
  }

  /** The guest CP0 context. */
  public Cp0 guest() {
    return guest;
  }

  /** The root TLB. */
  public Tlb rootTlb() {
    return rootTlb;
  }

  /** The guest TLB. */
  public Tlb guestTlb() {
    return guestTlb;
  }

  /** Lets Java code own root mode, or MIPS code again with null. */
  public void rootMode(@Nullable RootMode handler) {
    rootMode = handler;
  }

  /** For a {@link RootMode}: when it returns, root waits for the next interrupt. */
  public void idle() {
    idle = true;
  }

  /**
   * For a {@link RootMode} that starts or resumes a guest outside an exception: does what ERET does
   * with root's state.
   */
  public void enter() {
    pc = cop0.returnFrom(root);
    clearLink();
    waiting = idle;
    idle = false;
  }

  /**
   * A non-maskable interrupt: ErrorEPC, ERL and the reset vector (MIPS32 volume III, 6.2.3), or the
   * {@link RootMode}'s own answer. Between instructions only.
   */
  public void nmi() {
    int status = root.get(Cp0Reg.STATUS) & ~(Status.TS | Status.SR);
    root.set(Cp0Reg.ERROREPC, pc);
    root.set(Cp0Reg.STATUS, status | Status.BEV | Status.NMI | Status.ERL);
    waiting = false;
    pc = resetVector();
    if (rootMode != null) {
      rootMode.nmi(this);
      waiting |= idle;
      idle = false;
    }
  }

  /**
   * Drops all remembered translations: after permissions or mappings outside the core have changed.
   */
  public void flushTranslations() {
    mmu.flush();
    limit = 0;
  }

  /** Forgets what was remembered of code and translations before. */
  @Override
  public void restored() {
    mmu.flush();
    fetchBase = ~pc;
    stateChanged();
  }

  /** Clears LLbit, as ERET does. */
  public void clearLink() {
    linked = false;
  }

  // --- for the rest of the core

  /**
   * Decoded or translated instructions were dropped: the engine must not go on with what it holds.
   */
  void codeLost() {
    limit = 0;
  }

  /** The instruction at pc accessed what the fast path will never reach. */
  void accessedDevice() {
    if (codePage.accessedDevice(pc)) {
      slowPage = codePage;
      slowIndex = CodePage.index(pc);
    }
  }

  void stateChanged() {
    stateChanged = true;
    limit = 0;
  }

  /** Java owns root mode: let it handle the exception, then go on where it says. */
  void handOver(int vectorOffset) {
    waiting = false;
    if (rootMode != null) {
      updateMode();
      rootMode.exception(this, vectorOffset);
      enter();
    }
  }

  boolean inDebug() {
    return root.has(Cp0Reg.DEBUG, DEBUG_DM);
  }

  /** Works out mode, register set and translations from root and guest state. */
  private void updateMode() {
    stateChanged = false;
    int rootStatus = root.get(Cp0Reg.STATUS);
    boolean rootException = (rootStatus & (Status.EXL | Status.ERL)) != 0 || inDebug();
    guestMode = !rootException && root.has(Cp0Reg.GUESTCTL0, GuestCtl0.GM);
    int own = guestMode ? guest.get(Cp0Reg.STATUS) : rootStatus;
    kernel = Status.kernel(own) || !guestMode && inDebug();
    gpr = sets[currentSet()];
    fpuUsable = (own & rootStatus & Status.CU1) != 0;
    dspUsable = (own & rootStatus & Status.MX) != 0;
    fpu.wide((own & Status.FR) != 0);
    soft = mmu.mode(modeKey(own));
    debugSteps = root.has(Cp0Reg.DEBUG, Exceptions.DEBUG_SST) && !inDebug();
    counters.modeChanged();
  }

  private long modeKey(int status) {
    long key = root.get(Cp0Reg.ENTRYHI) & 0xFF;
    key = key << 1 | (kernel ? 1 : 0);
    key = key << 1 | (status & Status.ERL) >>> 2;
    if (guestMode) {
      key = key << 8 | guest.get(Cp0Reg.ENTRYHI) & 0xFF;
      return key << 4 | 8 | guestId();
    }
    return key << 12 | rootGuestId() << 1 | 1L << 40;
  }

  int guestId() {
    return root.get(Cp0Reg.GUESTCTL1) & 7;
  }

  /** GuestID of root's own translations: 0, or RID with GuestCtl0.DRG in kernel mode. */
  int rootGuestId() {
    boolean direct = kernel && root.has(Cp0Reg.GUESTCTL0, GuestCtl0.DRG);
    return direct ? root.get(Cp0Reg.GUESTCTL1) >>> 16 & 7 : 0;
  }

  boolean inDelaySlot() {
    return delaySlot == n;
  }

  /** Where to go on after an exception at pc: at the branch if pc is its delay slot. */
  int restart(boolean slot) {
    if (!slot) {
      return pc;
    }
    return (pc & 1) == 0 ? pc - 4 : branchPc;
  }

  /** The instruction at pc, for BadInstr. */
  int currentWord() {
    return inLowBits(pc, instructionAt(pc));
  }

  /** The branch before the delay slot at pc, for BadInstrP. */
  int previousWord() {
    int branch = restart(true);
    boolean known = ((pc ^ branch) & SoftTlb.PAGE) == 0 || fetchable(branch);
    return known ? inLowBits(branch, instructionAt(branch)) : 0;
  }

  private static int inLowBits(int va, int word) {
    return (va & 1) != 0 && InsnTable.microLength(word) == 2 ? word >>> 16 : word;
  }

  /**
   * The instruction at {@code va}, which lies in {@link #codePage}; in microMIPS left-aligned, as
   * {@link CodePage#word} gives it, with both halves where they can be fetched.
   */
  int instructionAt(int va) {
    int word = codePage.word(va);
    return (va & 1) != 0 && codePage.straddles(va, word) ? word | secondHalf(va + 1) : word;
  }

  private int secondHalf(int va) {
    try {
      return mmu.fetchHalf(va);
    } catch (CpuException e) {
      return 0;
    }
  }

  /** The address after the instruction at {@code va}, which lies in {@link #codePage}. */
  int following(int va) {
    return va + ((va & 1) == 0 ? 4 : InsnTable.microLength(codePage.word(va)));
  }

  /** Whether an instruction can be fetched from {@code va}; then {@link #codePage} holds it. */
  boolean fetchable(int va) {
    try {
      codePage = mmu.fetch(va);
      return true;
    } catch (CpuException e) {
      return false;
    }
  }

  /** Makes {@link #run} look again at what it has to do before the next instruction. */
  void leaveEngine() {
    limit = 0;
  }

  CpuException raise(int code) {
    return exceptions.raise(code);
  }

  /** The exception of a word that is no instruction: RI, or an exit where root asked for that. */
  CpuException reserved() {
    boolean redirect = guestMode && root.has(Cp0Reg.GUESTCTL0, GuestCtl0.RI);
    return redirect ? exceptions.exit(GExcCode.GRR) : raise(ExcCode.RI);
  }

  CpuException reservedInstruction(int word) {
    switch (word >>> 26) {
      case 0x10 -> cop0.requireUsable();
      case 0x11, 0x13, 0x31, 0x35, 0x39, 0x3D -> requireCoprocessor(1, Status.CU1);
      case 0x12, 0x32, 0x36, 0x3A, 0x3E -> requireCoprocessor(2, Status.CU2);
      default -> {}
    }
    return reserved();
  }

  /** As {@link #reservedInstruction} for a microMIPS word: encodings of coprocessors 1 and 2. */
  CpuException reservedMicro(int word) {
    int group = word >>> 26;
    boolean memory = group == 8 && (word >>> 12 & 5) == 0;
    boolean branch = group == 16 && (word >>> 22 & 0xF) == 10;
    boolean move = group == 0 && ((word & 7) == 2 || (word & 0x7FF) == 0x53C);
    if (group == 0x15) {
      requireCoprocessor(1, Status.CU1);
    } else if (memory || branch || move) {
      requireCoprocessor(2, Status.CU2);
    }
    return reserved();
  }

  /** A coprocessor needs its bit in the own Status, and in guest mode in root's too. */
  void requireCoprocessor(int number, int usable) {
    if (!(guestMode ? guest : root).has(Cp0Reg.STATUS, usable)) {
      throw coprocessorUnusable(number);
    }
    if (!root.has(Cp0Reg.STATUS, usable)) {
      throw coprocessorUnusable(number).root();
    }
  }

  /** The FPU, for an instruction that needs it. */
  Fpu fpu() {
    if (!fpuUsable) {
      requireCoprocessor(1, Status.CU1);
    }
    return fpu;
  }

  /** The DSP unit, for an instruction that needs Status.MX of its context and of root. */
  Dsp dsp() {
    if (!dspUsable) {
      CpuException disabled = raise(ExcCode.DSPDIS);
      throw guestMode && guest.has(Cp0Reg.STATUS, Status.MX) ? disabled.root() : disabled;
    }
    return dsp;
  }

  private CpuException coprocessorUnusable(int number) {
    CpuException e = raise(ExcCode.CPU);
    e.coprocessor = number;
    return e;
  }

  void trapIf(boolean condition) {
    if (condition) {
      throw raise(ExcCode.TR);
    }
  }

  // --- called by the generated engine

  /** Decoded instructions of the page of {@code address}, or what leaves if that is microMIPS. */
  long[] fetchPage(int address) {
    return (address & 1) == 0 ? page(address) : CodePage.OTHER;
  }

  /** Decoded instructions of the page of {@code address}, or what leaves if that is MIPS32. */
  long[] fetchMicroPage(int address) {
    return (address & 1) == 0 ? CodePage.OTHER : page(address);
  }

  /** The microMIPS instruction whose second half lies in the page after {@code address}'s. */
  long straddling(int address) {
    return InsnTable.MIPS32.packMicro(codePage.word(address) | mmu.fetchHalf(address + 1));
  }

  private long[] page(int address) {
    watch.check(address, Watchpoints.FETCH);
    CodePage page = mmu.fetch(address);
    codePage = page;
    return plain ? page.plain : page.code;
  }

  /** The decoded instruction under the start of translated code. */
  long plainWord(int address) {
    int index = CodePage.index(address);
    if (codePage.plain[index] == 0) {
      codePage.decode(address);
    }
    return codePage.plain[index];
  }

  void decode(int address) {
    codePage.decode(address);
  }

  // --- loads and stores: the fast path is a tag compare

  int load8(int va) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    return t.readTag[slot] == (va & 0xFFFF_F000)
        ? t.readMemory[slot][t.readOffset[slot] + (va & 0xFFF)] & 0xFF
        : mmu.load(va, 1);
  }

  int load16(int va) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    return t.readTag[slot] == (va & 0xFFFF_F001)
        ? (short) Memory.HALF.get(t.readMemory[slot], t.readOffset[slot] + (va & 0xFFF)) & 0xFFFF
        : mmu.load(va, 2);
  }

  int load32(int va) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    return t.readTag[slot] == (va & 0xFFFF_F003)
        ? (int) Memory.WORD.get(t.readMemory[slot], t.readOffset[slot] + (va & 0xFFF))
        : mmu.load(va, 4);
  }

  void store8(int va, int value) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] == (va & 0xFFFF_F000)) {
      t.writeMemory[slot][t.writeOffset[slot] + (va & 0xFFF)] = (byte) value;
    } else {
      mmu.store(va, 1, value);
    }
  }

  void store16(int va, int value) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] == (va & 0xFFFF_F001)) {
      Memory.HALF.set(t.writeMemory[slot], t.writeOffset[slot] + (va & 0xFFF), (short) value);
    } else {
      mmu.store(va, 2, value);
    }
  }

  void store32(int va, int value) {
    SoftTlb t = soft;
    int slot = SoftTlb.slot(va);
    if (t.writeTag[slot] == (va & 0xFFFF_F003)) {
      Memory.WORD.set(t.writeMemory[slot], t.writeOffset[slot] + (va & 0xFFF), value);
    } else {
      mmu.store(va, 4, value);
    }
  }

  // --- rarer accesses

  long load64(int va) {
    if ((va & 7) != 0) {
      throw raise(ExcCode.ADEL).at(va);
    }
    return load32(va) & 0xFFFF_FFFFL | (long) load32(va + 4) << 32;
  }

  void store64(int va, long value) {
    if ((va & 7) != 0) {
      throw raise(ExcCode.ADES).at(va);
    }
    store32(va, (int) value);
    store32(va + 4, (int) (value >>> 32));
  }

  /** LWL and LWR: the word around {@code va}; an exception reports {@code va} itself. */
  int loadAround(int va) {
    mmu.translate(va, Mmu.Access.LOAD);
    return load32(va & ~3);
  }

  /** SWL: the upper bytes of {@code value} up to byte {@code va}. */
  void storeLeft(int va, int value) {
    mmu.translate(va, Mmu.Access.STORE);
    for (int i = 0; i <= (va & 3); i++) {
      store8((va & ~3) + i, value >>> 8 * (3 - (va & 3) + i));
    }
  }

  /** SWR: the lower bytes of {@code value} from byte {@code va} on. */
  void storeRight(int va, int value) {
    mmu.translate(va, Mmu.Access.STORE);
    for (int i = 0; i + (va & 3) < 4; i++) {
      store8(va + i, value >>> 8 * i);
    }
  }

  /**
   * Loads {@code count} words from {@code va} on, all of them or none; valid until the next call.
   */
  int[] loadWords(int va, int count) {
    for (int i = 0; i < count; i++) {
      words[i] = load32(va + 4 * i);
    }
    return words;
  }

  int loadLinked(int va) {
    int value = load32(va);
    linked = true;
    root.put(Cp0Reg.LLADDR, mmu.translate(va, Mmu.Access.LOAD) >>> 4);
    return value;
  }

  int storeConditional(int va, int value) {
    if ((va & 3) != 0) {
      store32(va, value);
    }
    if (!linked) {
      return 0;
    }
    store32(va, value);
    linked = false;
    return 1;
  }

  /** Checks that {@code va} can be read, as CACHE and SYNCI do. */
  void probe(int va) {
    mmu.translate(va, Mmu.Access.LOAD);
  }

  void modifyByte(int va, int clear, int set) {
    store8(va, load8(va) & ~clear | set);
  }
}
