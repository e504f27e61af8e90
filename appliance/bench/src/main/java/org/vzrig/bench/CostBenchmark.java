package org.vzrig.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.cpu.Cp0;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.cpu.GuestCtl0;
import org.vzrig.emulator.cpu.Status;
import org.vzrig.emulator.cpu.TlbEntry;
import org.vzrig.emulator.machine.Machine;

/**
 * Nanoseconds of one instruction in loops that are made of one cost each.
 *
 * <p>The loops lie in RAM at 80004000 and run on the bare board, with r4 at 80010000 (RAM) and r5
 * at BF860430 (LATE).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class CostBenchmark {
  private static final int INSTRUCTIONS = 10_000;
  private static final int CODE = 0x8000_4000;
  private static final int OTHER_PAGE = 0x8000_6000;
  private static final int DATA = 0x8001_0000;
  private static final int LATE = 0xBF86_0430;

  private static final int LOAD = 0x8C83_0000;
  private static final int LOAD_PORT = 0x8CA3_0000;
  private static final int ADD = 0x2442_0001;
  private static final int NOP = 0;
  private static final int JR_RA = 0x03E0_0008;
  private static final int HYPCALL = 0x4200_0028;
  private static final int EXITS = 10_000;

  /** What executes. */
  @Param({"AUTO", "INTERPRETER"})
  public Cpu.Engine engine = Cpu.Engine.AUTO;

  private Machine machine = new Machine(Boards.WIFIRE);
  private int exits;

  /** A board without a program. */
  @Setup(Level.Iteration)
  public void board() {
    machine = new Machine(Boards.WIFIRE);
    machine.cpu().engine(engine);
  }

  private void program(int... words) {
    put(CODE, words);
    machine.cpu().gpr(0, 4, DATA);
    machine.cpu().gpr(0, 5, LATE);
    machine.cpu().pc(CODE);
  }

  private void put(int address, int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(words);
    machine.bus().load(address & 0x1FFF_FFFF, bytes.array());
  }

  private static int back(int words) {
    return 0x1000_0000 | -words - 1 & 0xFFFF;
  }

  private static int call(int address) {
    return 0x0C00_0000 | address >>> 2 & 0x03FF_FFFF;
  }

  private long run() {
    machine.run(INSTRUCTIONS);
    return machine.cycles();
  }

  private boolean fresh() {
    return machine.cycles() == 0;
  }

  /** Loads from RAM that the fast path knows. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long memory() {
    if (fresh()) {
      program(LOAD, LOAD, LOAD, LOAD, LOAD, LOAD, back(6), LOAD);
    }
    return run();
  }

  /** Everything remembered is dropped before every 10,000 instructions. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long softTlbMiss() {
    machine.cpu().flushTranslations();
    return memory();
  }

  /** Loads from a port. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long registerAccess() {
    if (fresh()) {
      program(LOAD_PORT, LOAD_PORT, LOAD_PORT, back(3), LOAD_PORT);
    }
    return run();
  }

  /** The code is new every time: decoded, and interpreted to begin with. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long decode() {
    program(ADD, ADD, ADD, ADD, ADD, ADD, back(6), NOP);
    return run();
  }

  /** Calls of a function in another page and returns. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long chaining() {
    if (fresh()) {
      put(OTHER_PAGE, JR_RA, ADD);
      program(call(OTHER_PAGE), NOP, back(2), NOP);
    }
    return run();
  }

  /** A few instructions at a time: what it costs to get into translated code and out of it. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long entry() {
    if (fresh()) {
      program(ADD, ADD, ADD, ADD, ADD, ADD, back(6), NOP);
    }
    for (int i = 0; i < INSTRUCTIONS / 20; i++) {
      machine.run(20);
    }
    return machine.cycles();
  }

  /** One exit of a guest to root and back, which does no more than to count it. */
  @Benchmark
  @OperationsPerInvocation(EXITS)
  public long exit() {
    if (fresh()) {
      program(HYPCALL, HYPCALL, HYPCALL, HYPCALL, HYPCALL, HYPCALL, HYPCALL, HYPCALL, back(8), NOP);
      enterGuest();
    }
    exits = 0;
    while (exits < EXITS) {
      machine.run(EXITS / 10);
    }
    return machine.cycles();
  }

  /** Guest 1 runs what the program is, in its own kernel mode, with 64 KiB of RAM at address 0. */
  private void enterGuest() {
    Cpu cpu = machine.cpu();
    Cp0 root = cpu.root();
    int ram = TlbEntry.D | TlbEntry.V | TlbEntry.G;
    cpu.rootTlb().write(0, TlbEntry.of(0, ram, ram, 0x0001_E000, 1));
    root.set(Cp0Reg.GUESTCTL0, GuestCtl0.GM | GuestCtl0.CP0 | GuestCtl0.AT);
    root.set(Cp0Reg.GUESTCTL1, 1);
    root.set(Cp0Reg.STATUS, Status.EXL);
    root.set(Cp0Reg.EPC, CODE);
    cpu.guest().set(Cp0Reg.STATUS, 0);
    cpu.rootMode(
        (core, offset) -> {
          exits++;
          core.root().set(Cp0Reg.EPC, core.root().get(Cp0Reg.EPC) + 4);
        });
    cpu.enter();
  }
}
