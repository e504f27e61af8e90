package org.vzrig.emulator.cpu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;

/**
 * A random program with all that it needs to run as a Linux process: it loads an initial state,
 * then writes a {@link Snapshot} of the whole state after every segment, and puts out all snapshots
 * at its end. A signal (overflow, trap, address error) is counted and its instruction skipped.
 *
 * @param profile which state there is and which core QEMU shows
 * @param initial state that the first segment starts with
 * @param segments random instructions
 */
record LinuxProgram(Profile profile, Snapshot initial, List<Segment> segments) {
  /** Address of the first byte of the image, and its entry. */
  static final int TEXT = 0x1_0000;

  /** MIPS32 code that returns at once. */
  static final int STUB = TEXT + 8;

  private static final int SAVER = TEXT + 16;

  /** The initial state, and the structures for rt_sigaction. */
  static final int INITIAL = 0x5_E000;

  /** What register {@link #DATA_REGISTER} holds: the middle of the data area. */
  static final int DATA = 0x6_0000;

  /** Counters of signals, by number. */
  static final int COUNTERS = DATA + 0x40;

  /** Where the snapshots stand. */
  static final int SNAPSHOTS = 0x6_1000;

  /** End of the memory. */
  static final int END = 0x8_0000;

  /** Holds the address of the next snapshot; no random instruction writes it. */
  static final int SNAPSHOT_REGISTER = 26;

  /** Holds {@link #DATA}; no random instruction writes it. */
  static final int DATA_REGISTER = 27;

  /** Registers that no random instruction writes. */
  static final Set<Integer> RESERVED = Set.of(SNAPSHOT_REGISTER, DATA_REGISTER, 29);

  /**
   * What the stack pointer holds: signals go to a stack of their own, and would not if the register
   * pointed into that.
   */
  static final int STACK = 0x7FFF_0000;

  private static final int SIGACTION = INITIAL - 64;
  private static final int SIGALTSTACK = INITIAL - 32;
  private static final int EF_MIPS = 0x7000_1001;
  private static final List<Integer> SIGNALS = List.of(4, 5, 8, 10);
  private static final int SA_SIGINFO_NODEFER_ONSTACK = 0x4800_0008;

  private static final int SIGNAL_STACK = DATA + 0x100;

  private static final int SIGNAL_STACK_SIZE = 0xE00;
  private static final int PR_SET_FP_MODE = 45;
  private static final int SAVED_PC = 32;

  /** How many segments fit into the memory for snapshots. */
  static int mostSegments() {
    return (END - SNAPSHOTS) / Snapshot.SIZE;
  }

  int entry() {
    return TEXT;
  }

  int elfFlags() {
    return EF_MIPS | profile.elfFlags();
  }

  int status() {
    return profile.status();
  }

  /** Memory from {@link #TEXT} on. */
  byte[] image() {
    Asm handler = handler();
    Asm saver = new StateCode(profile).saver();
    Asm prologue = prologue();
    ByteBuffer memory = ByteBuffer.allocate(SNAPSHOTS - TEXT).order(ByteOrder.LITTLE_ENDIAN);
    int start = SAVER - TEXT + saver.size() + handler.size();
    put(memory, new Asm().op("beq", 'i', start / 4 - 1).nop());
    put(memory, new Asm().op("jr", 's', 31).nop());
    put(memory, saver);
    put(memory, handler);
    put(memory, prologue);
    if (profile.micro()) {
      put(memory, enterMicro(memory.position()));
    }
    for (Segment segment : segments) {
      memory.put(segment.code(TEXT + memory.position()));
      if (profile.micro()) {
        memory.put(callSaver().bytes());
      } else {
        put(memory, callSaver(memory.position()));
      }
    }
    if (profile.micro()) {
      memory.put(leaveMicro(memory.position()).bytes());
    }
    put(memory, epilogue());
    if (memory.position() > SIGACTION - TEXT) {
      throw new IllegalStateException("the program is too long: " + memory.position());
    }
    memory.position(SIGACTION - TEXT);
    memory.putInt(SA_SIGINFO_NODEFER_ONSTACK).putInt(SAVER + saver.size());
    memory.position(SIGALTSTACK - TEXT);
    memory.putInt(SIGNAL_STACK).putInt(SIGNAL_STACK_SIZE).putInt(0);
    memory.position(INITIAL - TEXT);
    memory.put(initial.bytes());
    return memory.array();
  }

  private static void put(ByteBuffer memory, Asm code) {
    code.words().forEach(memory::putInt);
  }

  /** Instructions executed besides the random ones, when no signal comes. */
  long overhead() {
    StateCode code = new StateCode(profile);
    int perSegment = 3 + code.saver().size() / 4;
    return 2 + prologue().size() / 4 + (long) perSegment * segments.size() + epilogue().size() / 4;
  }

  private Asm prologue() {
    Asm asm = new Asm().li(4, SIGALTSTACK).li(5, 0).li(2, 4206).op("syscall");
    for (int signal : SIGNALS) {
      asm.li(4, signal).li(5, SIGACTION).li(6, 0).li(7, 16).li(2, 4194).op("syscall");
    }
    if (profile.pairs()) {
      asm.li(4, PR_SET_FP_MODE).li(5, 0).li(2, 4192).op("syscall");
    }
    return asm.append(new StateCode(profile).loader());
  }

  private static Asm callSaver(int position) {
    Asm asm = new Asm().op("sw", 's', SNAPSHOT_REGISTER, 't', 31, 'i', 4 * 31);
    return asm.op("bgezal", 'i', (SAVER - TEXT - position - 8) / 4).nop();
  }

  /** Goes on in microMIPS right behind; the data register gets its value back in the slot. */
  private static Asm enterMicro(int position) {
    int data = DATA_REGISTER;
    int start = TEXT + position + 4 * 4 | 1;
    return new Asm().li(data, start).op("jr", 's', data).op("lui", 't', data, 'i', DATA >>> 16);
  }

  /** The saver, in MIPS32, returns into microMIPS by the bit 0 of its return address. */
  private static MicroAsm callSaver() {
    return new MicroAsm()
        .op("sw", 's', SNAPSHOT_REGISTER, 't', 31, 'i', 4 * 31)
        .op("jalx", 'j', SAVER >>> 2)
        .nop();
  }

  private static MicroAsm leaveMicro(int position) {
    int aligned = position + 8 + 3 & ~3;
    MicroAsm asm = new MicroAsm().op("jalx", 'j', TEXT + aligned >>> 2).nop();
    return aligned == position + 8 ? asm : asm.nop16();
  }

  private Asm epilogue() {
    Asm asm = new Asm();
    asm.li(4, 1).li(5, SNAPSHOTS).li(6, Snapshot.SIZE * segments.size()).li(2, 4004).op("syscall");
    return asm.li(4, 0).li(2, 4001).op("syscall");
  }

  /** Skips an instruction, whose length in microMIPS its first halfword tells. */
  private static Asm handler() {
    return new Asm()
        .op("lw", 's', 6, 't', 8, 'i', SAVED_PC)
        .op("andi", 's', 8, 't', 9, 'i', 1)
        .op("beq", 's', 9, 'i', 9)
        .op("addiu", 't', 10, 'i', 4)
        .op("lhu", 's', 8, 't', 10, 'i', -1)
        .op("srl", 't', 10, 'd', 10, 'a', 10)
        .op("andi", 's', 10, 't', 10, 'i', 7)
        .op("addiu", 's', 10, 't', 10, 'i', -1)
        .op("sltiu", 's', 10, 't', 10, 'i', 3)
        .op("sll", 't', 10, 'd', 9, 'a', 1)
        .op("addiu", 't', 10, 'i', 4)
        .op("subu", 's', 10, 't', 9, 'd', 10)
        .op("addu", 's', 8, 't', 10, 'd', 8)
        .op("sw", 's', 6, 't', 8, 'i', SAVED_PC)
        .op("sll", 't', 4, 'd', 4, 'a', 2)
        .li(9, COUNTERS)
        .op("addu", 's', 9, 't', 4, 'd', 9)
        .op("lw", 's', 9, 't', 8)
        .op("addiu", 's', 8, 't', 8, 'i', 1)
        .op("sw", 's', 9, 't', 8)
        .op("jr", 's', 31)
        .nop();
  }
}
