package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.boards.Boards;
import org.vzrig.boards.SfrNames;
import org.vzrig.emulator.machine.Machine;

/** What a core remembers of registers it has accessed, and has to forget. */
class DeviceAccessTest {
  private static final int CODE = 0x8000_4000;
  private static final int LATE = address("LATE");
  private static final int U1BRG = address("U1BRG");
  private static final int GPIO_PAGE = 0x1F86_0000;
  private static final int RAM_PAGE = 0x0001_0000;

  private static final int MAPPED = 0x4000;

  private final Machine machine = new Machine(Boards.WIFIRE);
  private final Cpu cpu = machine.cpu();

  /** Stores r8 to r5, counts it, loads it back to r9, for ever; bad accesses spin at the vector. */
  private void program(Cpu.Engine engine, int address) {
    cpu.engine(engine);
    cpu.root().set(Cp0Reg.STATUS, Status.BEV);
    Asm loop =
        new Asm()
            .op("sw", 's', 5, 't', 8)
            .op("lw", 's', 5, 't', 9)
            .op("addiu", 's', 8, 't', 8, 'i', 1)
            .op("beq", 'i', -4)
            .nop();
    put(CODE, loop);
    put(0xBFC0_0380, new Asm().stop());
    cpu.gpr(0, 5, address);
    cpu.pc(CODE);
    machine.run(50_000);
  }

  private void put(int address, Asm code) {
    code.load(machine, address);
  }

  private static int address(String register) {
    return SfrNames.address(register).orElseThrow();
  }

  private int late() {
    return machine.bus().read(LATE, 4);
  }

  private void map(int pa) {
    int lo = pa >>> 6 | TlbEntry.D | TlbEntry.V | TlbEntry.G;
    cpu.rootTlb().write(0, TlbEntry.of(MAPPED, lo, lo, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void aPageThatIsMappedElsewhereIsLeft(Cpu.Engine engine) {
    map(GPIO_PAGE);
    program(engine, MAPPED | LATE & 0xFFF);
    int before = late();
    assertTrue(before != 0);
    map(RAM_PAGE);
    machine.run(1000);
    assertTrue(late() - before <= 1);
    assertTrue(machine.bus().read(RAM_PAGE | LATE & 0xFFF, 4) > before);
  }

  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void whatTheCpuMayNoLongerReadRaisesABusError(Cpu.Engine engine) {
    program(engine, 0xA000_0000 | U1BRG);
    assertEquals(0, cpu.root().get(Cp0Reg.CAUSE) & 0x7C);
    machine.bus().write(address("SBT6RD0"), 4, 2);
    machine.run(1000);
    assertEquals(ExcCode.DBE, Cause.excCode(cpu.root().get(Cp0Reg.CAUSE)));
  }

  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void anObserverIsToldFromNowOn(Cpu.Engine engine) {
    program(engine, 0xA000_0000 | LATE);
    List<Integer> written = new ArrayList<>();
    machine
        .bus()
        .observe(
            (pa, size, value, write) -> {
              if (pa == LATE && write) {
                written.add(value);
              }
            });
    int next = cpu.gpr(0, 8);
    machine.run(500);
    assertEquals(100, written.size(), 1);
    assertEquals(next, written.getFirst(), 1);
    machine.bus().observe(null);
    int seen = written.size();
    machine.run(500);
    assertEquals(seen, written.size());
  }

  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void aWatchpointIsMet(Cpu.Engine engine) {
    int address = 0xA000_0000 | LATE;
    program(engine, address);
    cpu.probe().watch(new Probe.Watch(address, 4, false, true));
    machine.run(1000);
    assertEquals(
        new Probe.Stop(Probe.Reason.WRITE, address), Objects.requireNonNull(cpu.probe().stopped()));
  }

  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void anAddressThatIsNotAlignedIsAnError(Cpu.Engine engine) {
    program(engine, 0xA000_0000 | LATE);
    cpu.gpr(0, 5, (0xA000_0000 | LATE) + 2);
    machine.run(1000);
    int code = Cause.excCode(cpu.root().get(Cp0Reg.CAUSE));
    assertTrue(code == ExcCode.ADEL || code == ExcCode.ADES);
    assertEquals((0xA000_0000 | LATE) + 2, cpu.root().get(Cp0Reg.BADVADDR));
  }
}
