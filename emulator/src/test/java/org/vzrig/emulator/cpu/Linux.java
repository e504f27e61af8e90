package org.vzrig.emulator.cpu;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.vzrig.boards.testing.RequiredTool;

/**
 * Runs a {@link LinuxProgram} twice: on our core, with the few system calls it uses answered in
 * Java, and under Debian's {@code qemu-mipsel}.
 */
final class Linux {
  private static final int PAGES_OF_256K = 0x0007_E000;
  private static final int FLAGS = TlbEntry.D | TlbEntry.V | TlbEntry.G;
  private static final int SECOND_HALF = 0x4_0000 >>> 6;
  private static final long MOST_CYCLES = 10_000_000;
  private static final int TIMEOUT_SECONDS = 30;

  private static final int SYS_EXIT = 4001;
  private static final int SYS_WRITE = 4004;
  private static final int SIGILL = 4;
  private static final int SIGTRAP = 5;
  private static final int SIGFPE = 8;
  private static final int SIGBUS = 10;

  private Linux() {}

  /**
   * What a run gave.
   *
   * @param snapshots what it wrote to the standard output
   * @param cycles instructions executed; 0 where that is not known
   */
  record Result(List<Snapshot> snapshots, long cycles) {}

  // --- on our core

  /** Runs the program in user mode on our core. */
  static Result onOurCore(LinuxProgram program) {
    TestCore core = new TestCore();
    byte[] image = program.image();
    System.arraycopy(image, 0, core.ram.bytes, LinuxProgram.TEXT, image.length);
    core.cpu
        .rootTlb()
        .write(0, new TlbEntry(0, FLAGS, SECOND_HALF | FLAGS, PAGES_OF_256K | 0x1800, 0));
    core.cpu.root().set(Cp0Reg.STATUS, Status.UM | program.status());
    core.cpu.root().set(Cp0Reg.HWRENA, -1);
    // QEMU does not flush subnormal numbers, nor leave them to software
    core.cpu.fpu.subnormals = true;
    Kernel kernel = new Kernel(core);
    core.cpu.rootMode(kernel);
    core.cpu.pc(LinuxProgram.TEXT);
    long start = core.cpu.cycles();
    while (!kernel.ended && core.cpu.cycles() - start < MOST_CYCLES) {
      core.cpu.run(core.cpu.cycles() + 10_000);
    }
    if (!kernel.ended) {
      throw new AssertionError("the program does not end on our core");
    }
    return new Result(Snapshot.all(kernel.output.toByteArray()), core.cpu.cycles() - start);
  }

  /** System calls and signals; a signal's handler has the effect of {@link LinuxProgram}'s. */
  private static final class Kernel implements RootMode {
    private final TestCore core;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private boolean ended;

    Kernel(TestCore core) {
      this.core = core;
    }

    @Override
    public void exception(Cpu cpu, int vectorOffset) {
      Cp0 root = cpu.root();
      switch (Cause.excCode(root.get(Cp0Reg.CAUSE))) {
        case ExcCode.SYS -> call(cpu);
        case ExcCode.OV, ExcCode.FPE -> count(SIGFPE);
        case ExcCode.TR, ExcCode.BP -> count(SIGTRAP);
        case ExcCode.ADEL, ExcCode.ADES -> count(SIGBUS);
        case ExcCode.RI, ExcCode.CPU, ExcCode.DSPDIS -> count(SIGILL);
        default ->
            throw new AssertionError(
                "exception %d at %08x, bad address %08x"
                    .formatted(
                        Cause.excCode(root.get(Cp0Reg.CAUSE)),
                        root.get(Cp0Reg.EPC),
                        root.get(Cp0Reg.BADVADDR)));
      }
      int epc = root.get(Cp0Reg.EPC);
      int first = (epc & 1) == 0 ? 0 : core.ram.load(epc & ~1, 2) << 16;
      root.set(Cp0Reg.EPC, epc + Disassembler.length(first, epc));
    }

    private void count(int signal) {
      int at = LinuxProgram.COUNTERS + 4 * signal;
      core.ram.store(at, 4, core.ram.load(at, 4) + 1);
    }

    private void call(Cpu cpu) {
      int number = cpu.gpr(0, 2);
      if (number == SYS_WRITE) {
        output.write(core.ram.bytes, cpu.gpr(0, 5), cpu.gpr(0, 6));
      } else if (number == SYS_EXIT) {
        ended = true;
        cpu.kick();
      }
    }
  }

  // --- under QEMU

  /** Runs the program under {@code qemu-mipsel -cpu model}. */
  static Result underQemu(LinuxProgram program, String model) {
    Path qemu = RequiredTool.find("qemu-mipsel", "qemu-user");
    try {
      Path file =
          Files.createTempFile(
              "random",
              ".elf",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      try {
        Files.write(file, elf(program));
        return run(List.of(qemu.toString(), "-cpu", model, file.toString()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Result run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("random", ".out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      byte[] output = Files.readAllBytes(log);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError(
            String.join(" ", command)
                + (ended ? ": exit code " + process.exitValue() : ": does not end")
                + "\n"
                + new String(output, 0, Math.min(500, output.length), StandardCharsets.ISO_8859_1));
      }
      return new Result(Snapshot.all(output), 0);
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }

  /** A static executable: one segment, readable, writable and executable. */
  private static byte[] elf(LinuxProgram program) {
    byte[] image = program.image();
    int headers = 52 + 32;
    ByteBuffer b = ByteBuffer.allocate(4096 + image.length).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(0x464C457F).put((byte) 1).put((byte) 1).put((byte) 1).position(16);
    b.putShort((short) 2).putShort((short) 8).putInt(1).putInt(program.entry());
    b.putInt(52).putInt(0).putInt(program.elfFlags());
    b.putShort((short) 52).putShort((short) 32).putShort((short) 1).position(52);
    b.putInt(1).putInt(4096).putInt(LinuxProgram.TEXT).putInt(LinuxProgram.TEXT);
    b.putInt(image.length).putInt(LinuxProgram.END - LinuxProgram.TEXT).putInt(7).putInt(4096);
    if (b.position() != headers) {
      throw new IllegalStateException("ELF headers end at " + b.position());
    }
    b.position(4096);
    b.put(image);
    return b.array();
  }
}
