package org.vzrig.hypervisor.rt.core;

import java.util.function.IntUnaryOperator;

/**
 * Where a branch goes, for an instruction in a delay slot that root completes for a guest.
 *
 * <p>The branch itself has run before its delay slot was stopped: a link register is written
 * already, so only the condition and the target are worked out again.
 */
public final class Branches {
  private static final int SPECIAL = 0;
  private static final int REGIMM = 1;
  private static final int J = 2;
  private static final int JAL = 3;
  private static final int JR = 8;
  private static final int JALR = 9;
  private static final int COP1 = 17;
  private static final int BPOSGE32 = 28;

  private Branches() {}

  /**
   * The address that {@code branch} (a MIPS32 instruction word at {@code pc}) leads to after its
   * delay slot.
   *
   * @param gpr general registers by number
   * @param fcsr the FPU's control register, whose conditions BC1F and BC1T look at
   * @param dspControl DSPControl, whose position BPOSGE32 looks at
   */
  public static int target(int branch, int pc, IntUnaryOperator gpr, int fcsr, int dspControl) {
    int rs = gpr.applyAsInt(branch >>> 21 & 31);
    switch (branch >>> 26) {
      case SPECIAL:
        int function = branch & 63;
        return function == JR || function == JALR ? rs : pc + 8;
      case J:
      case JAL:
        return (pc + 4 & 0xF0000000) | (branch & 0x3FFFFFF) << 2;
      case REGIMM:
        boolean position = (branch >>> 16 & 31) == BPOSGE32;
        return displaced(branch, pc, position ? (dspControl & 63) >= 32 : taken(branch, rs, gpr));
      case COP1:
        return displaced(branch, pc, onCondition(branch, fcsr));
      default:
        return displaced(branch, pc, taken(branch, rs, gpr));
    }
  }

  private static int displaced(int branch, int pc, boolean taken) {
    return taken ? pc + 4 + ((short) branch << 2) : pc + 8;
  }

  /** Condition 0 is bit 23 of FCSR, 1 to 7 are bits 25 to 31. */
  private static boolean onCondition(int branch, int fcsr) {
    int number = branch >>> 18 & 7;
    int condition = fcsr >>> (number == 0 ? 23 : 24 + number) & 1;
    return condition == (branch >>> 16 & 1);
  }

  /** The likely forms (opcode bit 20) have the same conditions; untaken ones have no delay slot. */
  private static boolean taken(int branch, int rs, IntUnaryOperator gpr) {
    int rt = branch >>> 16 & 31;
    return switch (branch >>> 26) {
      case REGIMM -> (rt & 1) == 0 ? rs < 0 : rs >= 0;
      case 4, 20 -> rs == gpr.applyAsInt(rt);
      case 5, 21 -> rs != gpr.applyAsInt(rt);
      case 6, 22 -> rs <= 0;
      case 7, 23 -> rs > 0;
      default -> false;
    };
  }
}
