package org.vzrig.hypervisor.rt.exit;

/**
 * A load or store that was trapped.
 *
 * @param kind what the instruction is
 * @param register general register that is loaded or stored
 * @param address guest physical address, unaligned for the left and right forms
 */
public record Access(Kind kind, int register, int address) {
  /** The loads and stores that root completes for a guest, by opcode. */
  public enum Kind {
    /** LB. */
    LB(32, 1),
    /** LH. */
    LH(33, 2),
    /** LWL. */
    LWL(34, 4),
    /** LW. */
    LW(35, 4),
    /** LBU. */
    LBU(36, 1),
    /** LHU. */
    LHU(37, 2),
    /** LWR. */
    LWR(38, 4),
    /** SB. */
    SB(40, 1),
    /** SH. */
    SH(41, 2),
    /** SWL. */
    SWL(42, 4),
    /** SW. */
    SW(43, 4),
    /** SWR. */
    SWR(46, 4);

    private static final Kind[] KINDS = values();

    private final int opcode;
    private final int size;

    Kind(int opcode, int size) {
      this.opcode = opcode;
      this.size = size;
    }

    private static Kind of(int opcode) {
      for (Kind kind : KINDS) {
        if (kind.opcode == opcode) {
          return kind;
        }
      }
      throw new GuestFault("TLB exception - bad address");
    }
  }

  /**
   * The access of {@code instruction} (a MIPS32 word) to {@code address}.
   *
   * @throws GuestFault when root does not complete such an instruction (LL, SC, coprocessor)
   */
  public static Access of(int instruction, int address) {
    return new Access(Kind.of(instruction >>> 26), instruction >>> 16 & 31, address);
  }

  /** Bytes: 1, 2 or 4. */
  public int size() {
    return kind.size;
  }

  /** Whether it is a store. */
  public boolean store() {
    return kind.opcode >= Kind.SB.opcode;
  }

  /** Whether it is one of LWL, LWR, SWL, SWR. */
  public boolean partial() {
    return kind == Kind.LWL || kind == Kind.LWR || kind == Kind.SWL || kind == Kind.SWR;
  }

  /** The address of the word or part that is accessed, aligned to the size. */
  public int aligned() {
    return address & -size();
  }

  /**
   * What the register holds after the load: {@code loaded} is the aligned datum, zero-extended, and
   * {@code old} the register before (little endian).
   */
  public int extend(int loaded, int old) {
    int shift = (address & 3) * 8;
    return switch (kind) {
      case LB -> (byte) loaded;
      case LH -> (short) loaded;
      case LWL -> loaded << 24 - shift | (shift == 24 ? 0 : old & -1 >>> shift + 8);
      case LWR -> loaded >>> shift | (shift == 0 ? 0 : old & -1 << 32 - shift);
      default -> loaded;
    };
  }

  /** Number of bytes that a store changes. */
  public int length() {
    return switch (kind) {
      case SWL -> (address & 3) + 1;
      case SWR -> 4 - (address & 3);
      default -> size();
    };
  }

  /** The address of the first byte that a store changes. */
  public int first() {
    return kind == Kind.SWL ? address & ~3 : address;
  }

  /** The bytes that are stored from {@link #first} on, the first one lowest. */
  public int stored(int value) {
    return kind == Kind.SWL ? value >>> 24 - (address & 3) * 8 : value;
  }
}
