package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.time.VirtualClock;

/**
 * What the core's registers and counters hold, the parts it is made of, and how others see them.
 *
 * <p>The engines' generated code works on the fields.
 */
abstract sealed class CoreState implements VirtualClock permits CoreRights {
  static final int RESET_VECTOR = 0xBFC0_0000;

  final Cp0 root = new Cp0(self(), false);
  final Cp0 guest = new Cp0(self(), true);
  final Fpu fpu = new Fpu(self());
  final Dsp dsp = new Dsp();
  final Exceptions exceptions = new Exceptions(self());
  final transient Probe probe = new Probe(self());
  final Watchpoints watch = new Watchpoints(self());

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

  /** Value of {@link #n} at which the engine stops when it is told of nothing before. */
  transient int goal;

  /** Translated code that is being executed may no longer hold: it has to be left. */
  transient boolean lost;

  /** What follows from the state of root and guest. */
  transient Mode mode = Mode.NONE;

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

  private static final CodePage NO_PAGE = new CodePage(new Memory("none", 4096, 0), 0);

  /** The page fetched last. */
  transient CodePage codePage = NO_PAGE;

  boolean guestMode;
  boolean kernel = true;
  boolean waiting;

  /** Lets the interpreter run through places where translated code starts. */
  transient boolean plain;

  long base;

  /** Cycles of {@link #base} in which no instruction executed. */
  long idled;

  /** This core. */
  final Cpu self() {
    return (Cpu) this;
  }

  // --- view of others

  @Override
  public long cycles() {
    return base + n;
  }

  /** Instructions executed since power-on. */
  long instructions() {
    return base - idled + n;
  }

  /** The address of the next instruction; bit 0 is set in microMIPS. */
  public int pc() {
    return pc;
  }

  /** Sets the address of the next instruction and, by bit 0, the instruction set. */
  public void pc(int address) {
    pc = address;
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

  /** Accumulator {@code i} (0 to 3): HI in the upper half, LO in the lower. */
  public long accumulator(int i) {
    return ac[i];
  }

  /** Sets accumulator {@code i}. */
  public void accumulator(int i, long value) {
    ac[i] = value;
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
    return fpu.fcsr();
  }

  /** Sets the FPU's control and status register. */
  public void fcsr(int value) {
    fpu.fcsr(value);
  }

  /** DSPControl with all its bits. */
  public int dspControl() {
    return dsp.control;
  }

  /** Sets DSPControl. */
  public void dspControl(int value) {
    dsp.control = value;
  }

  /** Breakpoints, watchpoints, single steps and the observer of this core. */
  public Probe probe() {
    return probe;
  }

  /** The root CP0 context. */
  public Cp0 root() {
    return root;
  }

  /** The guest CP0 context. */
  public Cp0 guest() {
    return guest;
  }

  /** Instruction set of the core after its last reset: 1 for microMIPS (Config3.ISA). */
  int bootIsa() {
    return root.bootIsa();
  }

  /** The address after reset and of the handler of NMIs; bit 0 is its instruction set. */
  public int resetVector() {
    return RESET_VECTOR | bootIsa();
  }
}
