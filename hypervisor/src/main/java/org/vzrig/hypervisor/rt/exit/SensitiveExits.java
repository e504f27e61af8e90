package org.vzrig.hypervisor.rt.exit;

import static org.vzrig.emulator.cpu.Cp0Reg.CAUSE;

import java.util.function.BiConsumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.hypervisor.rt.core.Bits;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.device.VirtualInterrupts;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** Guest privileged sensitive instructions (GExcCode 0): tables of what each register does. */
final class SensitiveExits {
  private static final int COP0 = 16;
  private static final int SPECIAL3 = 31;
  private static final int CACHE = 47;
  private static final int MFC0 = 0;
  private static final int MTC0 = 4;
  private static final int WAIT_MASK = 0xFE00003F;
  private static final int WAIT = 0x42000020;
  private static final int RDHWR = 0x3B;

  private static final int CONFIG = 16 << 3;
  private static final int WATCHLO = 18 << 3;
  private static final int WATCHHI = 19 << 3;
  private static final int DEBUG = 23 << 3;
  private static final int PERF = 25 << 3;
  private static final int ERRCTL = 26 << 3;
  private static final int CACHEERR = 27 << 3;
  private static final int TAGLO = 28 << 3;
  private static final int TAGHI = 29 << 3;

  private final Root root;
  private final Core core;
  private final @Nullable ToIntFunction<VmThread>[] reads = table();
  private final @Nullable BiConsumer<VmThread, Integer>[] writes = writeTable();

  SensitiveExits(Root root) {
    this.root = root;
    core = root.core();
    declareReads();
    declareWrites();
  }

  @SuppressWarnings("unchecked")
  private static @Nullable ToIntFunction<VmThread>[] table() {
    return (ToIntFunction<VmThread>[]) new ToIntFunction<?>[256];
  }

  @SuppressWarnings("unchecked")
  private static @Nullable BiConsumer<VmThread, Integer>[] writeTable() {
    return (BiConsumer<VmThread, Integer>[]) new BiConsumer<?, ?>[256];
  }

  private void declareReads() {
    for (int group : new int[] {WATCHLO, WATCHHI, PERF, TAGLO, TAGHI}) {
      for (int select = 0; select < 8; select++) {
        reads[group + select] = thread -> 0;
      }
    }
    reads[DEBUG] = thread -> 0;
    reads[ERRCTL] = thread -> 0;
    reads[CACHEERR] = thread -> 0;
    reads[index(Cp0Reg.PRID)] = thread -> core.root(Cp0Reg.PRID);
    reads[index(Cp0Reg.CDMMBASE)] = thread -> core.root(Cp0Reg.CDMMBASE);
    reads[index(Cp0Reg.SRSCTL)] = thread -> core.guest(Cp0Reg.SRSCTL);
    reads[index(Cp0Reg.SRSMAP)] = thread -> core.guest(Cp0Reg.SRSMAP);
    reads[index(Cp0Reg.SRSMAP2)] = thread -> core.guest(Cp0Reg.SRSMAP2);
    reads[index(Cp0Reg.COUNT)] = this::readCount;
    reads[index(Cp0Reg.COMPARE)] = this::readCompare;
  }

  private void declareWrites() {
    for (int group : new int[] {WATCHLO, WATCHHI, PERF, TAGLO, TAGHI}) {
      for (int select = 0; select < 8; select++) {
        writes[group + select] = (thread, value) -> {};
      }
    }
    writes[DEBUG] = (thread, value) -> {};
    writes[ERRCTL] = (thread, value) -> {};
    writes[CACHEERR] = (thread, value) -> {};
    writes[CONFIG] = (thread, value) -> {};
    writes[CONFIG + 6] = (thread, value) -> {};
    writes[CONFIG + 7] = (thread, value) -> {};
    writes[index(Cp0Reg.CONFIG5)] = (thread, value) -> core.guest().write(Cp0Reg.CONFIG5, value);
    writes[index(Cp0Reg.SRSCTL)] = SensitiveExits::mustBeZero;
    writes[index(Cp0Reg.SRSMAP)] = SensitiveExits::mustBeZero;
    writes[index(Cp0Reg.SRSMAP2)] = SensitiveExits::mustBeZero;
    writes[index(Cp0Reg.COUNT)] = this::writeCount;
    writes[index(Cp0Reg.COMPARE)] = this::writeCompare;
  }

  private static int index(Cp0Reg register) {
    return register.number() << 3 | register.select();
  }

  /** Handles the instruction and moves the guest past it. */
  void handle(VmThread thread) {
    int instruction = core.badInstr();
    int next = core.nextPc();
    switch (instruction >>> 26) {
      case COP0 -> coprocessor0(thread, instruction);
      case SPECIAL3 -> hardwareRegister(thread, instruction);
      case CACHE -> {}
      default -> throw unknown();
    }
    core.root().set(Cp0Reg.EPC, next);
  }

  private static GuestFault unknown() {
    return new GuestFault("Unknown GPSI");
  }

  private void coprocessor0(VmThread thread, int instruction) {
    if ((instruction & WAIT_MASK) == WAIT) {
      if (thread.offeredIrq() < 0) {
        root.scheduler().pause();
      }
      return;
    }
    int register = (instruction >>> 11 & 31) << 3 | instruction & 7;
    int rt = instruction >>> 16 & 31;
    ToIntFunction<VmThread> read = reads[register];
    BiConsumer<VmThread, Integer> write = writes[register];
    int operation = instruction >>> 21 & 31;
    if (operation == MFC0 && read != null) {
      core.gpr(rt, read.applyAsInt(thread));
    } else if (operation == MTC0 && write != null) {
      write.accept(thread, core.gpr(rt));
    } else {
      throw unknown();
    }
  }

  /** RDHWR of CPUNum, SYNCI_Step, CC and CCRes, where the guest's HWREna has let it through. */
  private void hardwareRegister(VmThread thread, int instruction) {
    if ((instruction & 0x3F) != RDHWR) {
      throw unknown();
    }
    int value =
        switch (instruction >>> 11 & 31) {
          case 0 -> 0;
          case 1 -> 16;
          case 2 -> readCount(thread);
          case 3 -> 2;
          default -> throw unknown();
        };
    core.gpr(instruction >>> 16 & 31, value);
  }

  private static void mustBeZero(VmThread thread, int value) {
    if (value != 0) {
      throw new GuestFault("Non-zero SRS is used");
    }
  }

  // --- the guest's timer

  private int readCount(VmThread thread) {
    int count = root.timers().readCount(thread);
    trace(thread, "MFC0 COUNT: %08x\n", count);
    return count;
  }

  private int readCompare(VmThread thread) {
    int compare = core.guest(Cp0Reg.COMPARE);
    trace(thread, "MFC0 COMPARE: %08x\n", compare);
    return compare;
  }

  private void writeCount(VmThread thread, int value) {
    root.timers().writeCount(thread, value);
    core.root().set(Cp0Reg.GTOFFSET, thread.clock().gtOffset());
    trace(thread, "MTC0 COUNT: %08x, GTOffset: %08x\n", value, thread.clock().gtOffset());
  }

  private void writeCompare(VmThread thread, int value) {
    core.guest().set(CAUSE, core.guest(CAUSE) & ~Bits.CAUSE_TI);
    core.guest().set(Cp0Reg.COMPARE, value);
    thread.ic().clear(VirtualInterrupts.TIMER);
    root.timers().writeCompare(thread, value);
    root.interrupts().update(thread);
    trace(thread, "MTC0 COMPARE: %08x\n", value);
  }

  private void trace(VmThread thread, String format, Object... values) {
    if (thread.traces(VmThread.TIME_TRACE)) {
      root.console().print(format, values);
    }
  }
}
