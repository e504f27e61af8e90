package org.vzrig.emulator.cpu;

/**
 * How microMIPS packs the value of a field into fewer bits (MIPS32 volume II-B, chapter 5).
 * Register fields of three bits are {@link #REGISTER} where the encoding does not say otherwise.
 */
enum MicroField {
  /** A register of three bits: 2 to 7, 16 or 17. */
  REGISTER(16, 17, 2, 3, 4, 5, 6, 7),
  /** Source of a 16-bit store: as {@link #REGISTER}, but 0 instead of 16. */
  STORE(0, 17, 2, 3, 4, 5, 6, 7),
  /** Source of MOVEP. */
  MOVEP(0, 17, 2, 3, 16, 18, 19, 20),
  /** Shift amount of SLL16 and SRL16. */
  SHIFT(8, 1, 2, 3, 4, 5, 6, 7),
  /** Mask of ANDI16. */
  ANDI(128, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 255, 32768, 65535),
  /** Addend of ADDIUR2. */
  ADDIU(1, 4, 8, 12, 16, 20, 24, -1),
  /** Addend of ADDIUSP, in words; the numbers around 0 would be of no use. */
  SP {
    @Override
    int decode(int raw) {
      int signed = raw << 23 >> 23;
      return 4 * (signed >= -2 && signed < 2 ? signed ^ 0x100 : signed);
    }
  },
  /** Constant of LI16. */
  LI {
    @Override
    int decode(int raw) {
      return raw == 127 ? -1 : raw;
    }
  },
  /** Offset of LBU16. */
  LBU {
    @Override
    int decode(int raw) {
      return raw == 15 ? -1 : raw;
    }
  },
  /** Register list of LWM16 and SWM16 as LWM and SWM write it: r31, and one more than the field. */
  LIST(0x11, 0x12, 0x13, 0x14);

  /** Never written. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final int[] values;

  MicroField(int... values) {
    this.values = values;
  }

  /** The value that the bits {@code raw} stand for. */
  int decode(int raw) {
    return values[raw];
  }
}
