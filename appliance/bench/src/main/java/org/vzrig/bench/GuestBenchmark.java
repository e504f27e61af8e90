package org.vzrig.bench;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.rt.Rig;

/** Instructions a second of a guest that computes all the time, in guest mode. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
public class GuestBenchmark {
  /** An instruction takes a cycle, and this guest never waits. */
  private static final int INSTRUCTIONS = 10_000_000;

  private static final long BOOT = 200_000_000;
  private Machine machine = new Machine(Boards.WIFIRE);

  /** Boots the compute guest; {@code vzrig.home} is the root of the source tree. */
  @Setup
  public void boot() throws ConfigException {
    Path home = Path.of(System.getProperty("vzrig.home", "."));
    Path config = home.resolve("hypervisor/guests/compute.config");
    machine = Rig.build(Boards.WIFIRE, Layouts.read(config, "wifire")).machine();
    machine.run(BOOT);
  }

  /** One operation is one instruction. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public long instructions() {
    machine.run(INSTRUCTIONS);
    return machine.cycles();
  }
}
