package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.periph.ResetCause;

class MachineTest {
  private final Machine machine = new Machine(Boards.WIFIRE);

  private void program(int pa, int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      bytes.putInt(word);
    }
    machine.bus().load(pa, bytes.array());
  }

  @Test
  void aProgramLightsALedAndPrints() {
    List<String> seen = new ArrayList<>();
    machine.pins().onChange((cycle, pin, level) -> seen.add(cycle + " " + pin + "=" + level));
    machine.uart(4).onTransmit((cycle, value) -> seen.add(cycle + " " + (char) value));
    program(
        0x1D00_0000,
        0x3C08BF86, // lui t0, 0xBF86
        0x34090040, // ori t1, zero, 1 << 6
        0xAD090614, // sw t1, TRISGCLR
        0xAD090638, // sw t1, LATGSET
        0x3C0ABF82, // lui t2, 0xBF82
        0x340B8000, // ori t3, zero, 0x8000
        0xAD4B2600, // sw t3, U4MODE
        0x340B0400, // ori t3, zero, UTXEN
        0xAD4B2610, // sw t3, U4STA
        0x340B0021, // ori t3, zero, '!'
        0xAD4B2620, // sw t3, U4TXREG
        0x1000FFFF, // b .
        0);
    machine.startAt(0x9D00_0000);
    machine.run(1000);
    assertEquals("[0 RF8=true, 4 RG6=true, 331 !]", seen.toString());
    assertEquals(200_000_000, machine.sysclkHz());
  }

  @Test
  void softwareResetComesAfterReadingRswrst() {
    program(
        0x1D00_0000,
        0x3C08BF80, // lui t0, 0xBF80
        0x3C09AA99, // lui t1, 0xAA99
        0x35296655, // ori t1, t1, 0x6655
        0x3C0A5566, // lui t2, 0x5566
        0x354A99AA, // ori t2, t2, 0x99AA
        0xAD000030, // sw zero, SYSKEY
        0xAD090030, // sw t1, SYSKEY
        0xAD0A0030, // sw t2, SYSKEY
        0x34090001, // ori t1, zero, 1
        0xAD091258, // sw t1, RSWRSTSET
        0x8D091250, // lw t1, RSWRST
        0x1000FFFF, // b .
        0);
    program(0x1FC4_0000, 0x1000FFFF, 0);
    machine.startAt(0x9D00_0000);
    machine.run(9);
    assertEquals(ResetCause.POWER_ON, machine.lastReset());
    machine.run(10);
    assertEquals(ResetCause.SOFTWARE, machine.lastReset());
    assertEquals(0x43, machine.bus().read(0x1F80_1240, 4), "RCON: POR, BOR and SWR");
    assertTrue(machine.cpu().pc() - 0xBFC0_0000 <= 4, "restarted at the reset vector");
  }

  @Test
  void anNmiGoesToTheResetVectorWithErl() {
    program(0x1FC4_0000, 0x1000FFFF, 0);
    program(0x1D00_0000, 0x1000FFFF, 0);
    machine.startAt(0x9D00_0000);
    machine.run(10);
    machine.bus().write(0x1F81_0000, 4, 0x4E00_0000);
    machine.run(10);
    assertTrue(machine.cpu().pc() - 0xBFC0_0000 <= 4);
    assertEquals(
        0x0048_0004, machine.cpu().root().get(org.vzrig.emulator.cpu.Cp0Reg.STATUS) & 0x0048_0004);
  }
}
