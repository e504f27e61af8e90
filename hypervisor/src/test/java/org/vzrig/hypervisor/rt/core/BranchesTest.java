package org.vzrig.hypervisor.rt.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchesTest {
  private static final int PC = 0x9FC00100;
  private static final int OFFSET = 0x10;

  /** Registers 8 and 9 hold what a row says; the branch goes 0x40 behind its delay slot. */
  @ParameterizedTest
  @CsvSource({
    "beq,   10000000, 5, 5, true",
    "beq,   10000000, 5, 6, false",
    "beql,  50000000, 5, 5, true",
    "bne,   14000000, 5, 6, true",
    "bne,   14000000, 5, 5, false",
    "bnel,  54000000, 5, 6, true",
    "blez,  18000000, 0, 0, true",
    "blez,  18000000, 1, 0, false",
    "bgtz,  1C000000, 1, 0, true",
    "bgtz,  1C000000, -1, 0, false"
  })
  void conditions(String name, String opcode, int rs, int rt, boolean taken) {
    boolean second = name.startsWith("beq") || name.startsWith("bne");
    int branch = Integer.parseUnsignedInt(opcode, 16) | 8 << 21 | (second ? 9 << 16 : 0) | OFFSET;
    assertEquals(expected(taken), target(branch, rs, rt), name);
  }

  @ParameterizedTest
  @CsvSource({
    "bltz,   0, -1, true",
    "bltz,   0, 0, false",
    "bgez,   1, 0, true",
    "bgez,   1, -1, false",
    "bltzl,  2, -1, true",
    "bgezl,  3, 0, true",
    "bltzal, 16, -1, true",
    "bgezal, 17, -1, false"
  })
  void conditionsAgainstZero(String name, int code, int rs, boolean taken) {
    assertEquals(expected(taken), target(1 << 26 | 8 << 21 | code << 16 | OFFSET, rs, 0), name);
  }

  @ParameterizedTest
  @CsvSource({"jr, 8", "jalr, F809"})
  void registersHoldTargets(String name, String function) {
    int jump = 8 << 21 | Integer.parseInt(function, 16);
    assertEquals(0x80001234, target(jump, 0x80001234, 0), name);
  }

  @ParameterizedTest
  @CsvSource({"j, 2", "jal, 3"})
  void jumpsStayInTheirRegion(String name, int opcode) {
    assertEquals(0x90000400, target(opcode << 26 | 0x100, 0, 0), name);
  }

  @ParameterizedTest
  @CsvSource({"-4", "-32768", "32767"})
  void offsetsAreSigned(int offset) {
    assertEquals(PC + 4 + offset * 4, target(0x10000000 | offset & 0xFFFF, 0, 0));
  }

  @ParameterizedTest
  @CsvSource({
    "bc1f,  0, 0, 00000000, true",
    "bc1f,  0, 0, 00800000, false",
    "bc1t,  1, 0, 00800000, true",
    "bc1t,  1, 3, 08000000, true",
    "bc1tl, 3, 7, 80000000, true",
    "bc1tl, 3, 7, 00800000, false"
  })
  void floatingPointConditions(String name, int kind, int condition, String fcsr, boolean taken) {
    int branch = 0x45000000 | condition << 18 | kind << 16 | OFFSET;
    int conditions = Integer.parseUnsignedInt(fcsr, 16);
    assertEquals(expected(taken), Branches.target(branch, PC, r -> 0, conditions, 0), name);
  }

  @ParameterizedTest
  @CsvSource({"31, false", "32, true", "63, true"})
  void thePositionInDspControl(int position, boolean taken) {
    int branch = 1 << 26 | 28 << 16 | OFFSET;
    assertEquals(expected(taken), Branches.target(branch, PC, r -> 0, 0, position));
  }

  private static int expected(boolean taken) {
    return taken ? PC + 4 + OFFSET * 4 : PC + 8;
  }

  private static int target(int branch, int first, int second) {
    return Branches.target(branch, PC, r -> r == 8 ? first : r == 9 ? second : 0, 0, 0);
  }
}
