package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.boards.Boards;
import org.vzrig.boards.SfrNames;
import org.vzrig.emulator.machine.Machine;

/** Into exception level and out of it, many times, with what waits for it. */
class ExceptionLevelTest {
  private static final int CODE = 0x8000_4000;
  private static final int VECTORS = 0x8000_8000;
  private static final int GENERAL = VECTORS + 0x180;
  private static final int INTERRUPT = VECTORS + 0x200;
  private static final int K0 = 26;
  private static final int COUNTED = 8;
  private static final int EPC = 9;
  private static final int INTERRUPTS = 11;
  private static final int CYCLES = 60_000;

  private final Machine machine = new Machine(Boards.WIFIRE);
  private final Cpu cpu = machine.cpu();

  @BeforeEach
  void softwareInterruptsWithPriority() {
    set("IEC0", 1 << 1);
    set("IPC0", 3 << 10);
    cpu.root().set(Cp0Reg.EBASE, VECTORS);
    cpu.root().set(Cp0Reg.CAUSE, Cause.IV);
    cpu.root().set(Cp0Reg.STATUS, Status.IE);
    cpu.gpr(0, 4, Cause.IV | Cause.IP0);
    cpu.gpr(0, 5, Cause.IV);
    cpu.pc(CODE);
  }

  private void set(String register, int value) {
    machine.bus().write(SfrNames.address(register).orElseThrow(), 4, value);
  }

  private void put(int address, Asm code) {
    code.load(machine, address);
  }

  /** Goes on {@code bytes} after the instruction that raised the exception. */
  private static Asm skip(int bytes) {
    return new Asm()
        .mfc0(K0, Cp0Reg.EPC)
        .op("addiu", 's', K0, 't', K0, 'i', bytes)
        .mtc0(K0, Cp0Reg.EPC)
        .op("eret");
  }

  private void run(Cpu.Engine engine) {
    cpu.engine(engine);
    machine.run(CYCLES);
  }

  /** The handler of SYSCALL requests an interrupt, which has to wait for its ERET and no longer. */
  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void anInterruptComesWithTheReturn(Cpu.Engine engine) {
    put(
        CODE,
        new Asm()
            .op("syscall")
            .op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1)
            .op("beq", 'i', -3)
            .nop());
    put(GENERAL, new Asm().mtc0(4, Cp0Reg.CAUSE).append(skip(4)));
    put(
        INTERRUPT,
        new Asm()
            .mtc0(5, Cp0Reg.CAUSE)
            .mfc0(EPC, Cp0Reg.EPC)
            .op("addiu", 's', INTERRUPTS, 't', INTERRUPTS, 'i', 1)
            .op("eret"));
    run(engine);
    assertEquals(Integer.toHexString(CODE + 4), Integer.toHexString(cpu.gpr(0, EPC)));
    assertTrue(cpu.gpr(0, COUNTED) > 1000);
    assertEquals(cpu.gpr(0, COUNTED), cpu.gpr(0, INTERRUPTS), 1);
  }

  /** Requested while interrupts are off, or while the level is high; taken at once afterwards. */
  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void anInterruptComesWhenItIsNoLongerMasked(Cpu.Engine engine) {
    put(
        CODE,
        new Asm()
            .op("di")
            .mtc0(4, Cp0Reg.CAUSE)
            .op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1)
            .op("ei")
            .mtc0(6, Cp0Reg.STATUS)
            .mtc0(4, Cp0Reg.CAUSE)
            .op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1)
            .mtc0(7, Cp0Reg.STATUS)
            .op("beq", 'i', -9)
            .nop());
    put(
        INTERRUPT,
        new Asm()
            .mtc0(5, Cp0Reg.CAUSE)
            .op("addiu", 's', INTERRUPTS, 't', INTERRUPTS, 'i', 1)
            .mfc0(K0, Cp0Reg.EPC)
            .op("subu", 's', K0, 't', 10, 'd', K0)
            .op("addu", 's', EPC, 't', K0, 'd', EPC)
            .op("eret"));
    cpu.gpr(0, 6, Status.IE | 3 << 10);
    cpu.gpr(0, 7, Status.IE);
    cpu.gpr(0, 10, CODE);
    run(engine);
    int pairs = cpu.gpr(0, INTERRUPTS) / 2;
    int odd = cpu.gpr(0, INTERRUPTS) % 2;
    assertTrue(pairs > 1000);
    assertEquals(cpu.gpr(0, COUNTED), cpu.gpr(0, INTERRUPTS), 1);
    assertEquals(pairs * (16 + 32) + odd * 16, cpu.gpr(0, EPC), 32);
  }

  /** Lines that fall again before anybody looks leave nothing behind. */
  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void aRequestThatIsTakenBackInTimeDoesNotCome(Cpu.Engine engine) {
    put(CODE, new Asm().op("syscall").op("beq", 'i', -2).nop());
    put(
        GENERAL,
        new Asm()
            .mtc0(4, Cp0Reg.CAUSE)
            .op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1)
            .mtc0(5, Cp0Reg.CAUSE)
            .append(skip(4)));
    put(INTERRUPT, new Asm().op("addiu", 't', INTERRUPTS, 'i', 1).stop());
    run(engine);
    assertTrue(cpu.gpr(0, COUNTED) > 1000);
    assertEquals(0, cpu.gpr(0, INTERRUPTS));
  }

  /** A refill in a delay slot, whose handler raises an exception at once: that is in no slot. */
  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void aHandlerBeginsOutsideOfTheSlot(Cpu.Engine engine) {
    put(CODE, new Asm().op("beq", 'i', 1).op("lw", 't', 3).op("beq", 'i', -3).nop());
    put(VECTORS, new Asm().op("break"));
    put(
        GENERAL,
        new Asm()
            .op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1)
            .mfc0(EPC, Cp0Reg.NESTEDEPC)
            .append(skip(8)));
    run(engine);
    assertTrue(cpu.gpr(0, COUNTED) > 1000);
    assertEquals(Integer.toHexString(VECTORS), Integer.toHexString(cpu.gpr(0, EPC)));
  }

  /** The interrupt's shadow set is there in its handler, and gone afterwards. */
  @ParameterizedTest
  @EnumSource(Cpu.Engine.class)
  void aShadowSetComesWithTheInterrupt(Cpu.Engine engine) {
    set("INTCON", 1 << 12);
    set("PRISS", 1 << 12);
    set("OFF001", 0x240);
    cpu.root().set(Cp0Reg.INTCTL, 1 << 5);
    put(
        CODE,
        new Asm()
            .mtc0(4, Cp0Reg.CAUSE)
            .op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1)
            .op("beq", 'i', -3)
            .nop());
    put(
        VECTORS + 0x240,
        new Asm().mtc0(5, Cp0Reg.CAUSE).op("addiu", 's', COUNTED, 't', COUNTED, 'i', 1).op("eret"));
    cpu.gpr(1, 5, Cause.IV);
    run(engine);
    assertTrue(cpu.gpr(0, COUNTED) > 1000);
    assertEquals(cpu.gpr(0, COUNTED), cpu.gpr(1, COUNTED), 1);
  }
}
