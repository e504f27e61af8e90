package org.vzrig.flasher.icsp;

import org.vzrig.flasher.Family;

/**
 * How instructions for the chip's core are written: MIPS32, or microMIPS on the MM family, whose
 * core knows nothing else. All of them are 32 bits long; of a microMIPS one the first halfword
 * stands in bits 15:0. (MIPS32 and microMIPS instruction sets, volume II-A and II-B.)
 */
enum Isa {
  /** MX, MZ and MK. */
  MIPS32(0, 0xA000_0800) {
    @Override
    int lui(int register, int high) {
      return 0x3C00_0000 | register << 16 | high & 0xFFFF;
    }

    @Override
    int ori(int register, int low) {
      return 0x3400_0000 | register << 21 | register << 16 | low & 0xFFFF;
    }

    @Override
    int lw(int register, int offset, int base) {
      return 0x8C00_0000 | base << 21 | register << 16 | offset & 0xFFFF;
    }

    @Override
    int sw(int register, int offset, int base) {
      return 0xAC00_0000 | base << 21 | register << 16 | offset & 0xFFFF;
    }

    @Override
    int addiu(int register, int value) {
      return 0x2400_0000 | register << 21 | register << 16 | value & 0xFFFF;
    }

    @Override
    int jr(int register) {
      return register << 21 | 8;
    }

    @Override
    int[] mover() {
      return new int[] {
        0x3C13FF20, // lui   s3, 0xff20
        0x8E640000, // lw    a0, 0(s3)         next:
        0x8E650000, // lw    a1, 0(s3)
        0x10A00011, // beqz  a1, jump
        0x00000000, // nop
        0x04A00008, // bltz  a1, send
        0x00000000, // nop
        0x8E660000, // lw    a2, 0(s3)         receive:
        0x24A5FFFF, // addiu a1, a1, -1
        0xAC860000, // sw    a2, 0(a0)
        0x14A0FFFC, // bnez  a1, receive
        0x24840004, // addiu a0, a0, 4
        0x1000FFF4, // b     next
        0x00000000, // nop
        0x8C860000, // lw    a2, 0(a0)         send:
        0x24A50001, // addiu a1, a1, 1
        0xAE660000, // sw    a2, 0(s3)
        0x14A0FFFC, // bnez  a1, send
        0x24840004, // addiu a0, a0, 4
        0x1000FFED, // b     next
        0x00000000, // nop
        0x00800008, // jr    a0                jump:
        0x00000000, // nop
      };
    }
  },

  /** MM. */
  MICROMIPS(1, 0xA000_0200) {
    @Override
    int lui(int register, int high) {
      return halves(0x41A0 | register, high);
    }

    @Override
    int ori(int register, int low) {
      return halves(0x5000 | register << 5 | register, low);
    }

    @Override
    int lw(int register, int offset, int base) {
      return halves(0xFC00 | register << 5 | base, offset);
    }

    @Override
    int sw(int register, int offset, int base) {
      return halves(0xF800 | register << 5 | base, offset);
    }

    @Override
    int addiu(int register, int value) {
      return halves(0x3000 | register << 5 | register, value);
    }

    @Override
    int jr(int register) {
      return halves(register, 0x0F3C);
    }

    @Override
    int[] mover() {
      return new int[] {
        0xFF2041B3, // lui   s3, 0xff20
        0x0000FC93, // lw    a0, 0(s3)         next:
        0x0000FCB3, // lw    a1, 0(s3)
        0x00229405, // beqz  a1, jump
        0x00000000, // nop
        0x00104005, // bltz  a1, send
        0x00000000, // nop
        0x0000FCD3, // lw    a2, 0(s3)         receive:
        0xFFFF30A5, // addiu a1, a1, -1
        0x0000F8C4, // sw    a2, 0(a0)
        0xFFF8B405, // bnez  a1, receive
        0x00043084, // addiu a0, a0, 4
        0xFFE89400, // b     next
        0x00000000, // nop
        0x0000FCC4, // lw    a2, 0(a0)         send:
        0x000130A5, // addiu a1, a1, 1
        0x0000F8D3, // sw    a2, 0(s3)
        0xFFF8B405, // bnez  a1, send
        0x00043084, // addiu a0, a0, 4
        0xFFDA9400, // b     next
        0x00000000, // nop
        0x0F3C0004, // jr    a0                jump:
        0x00000000, // nop
      };
    }
  };

  private final int mode;
  private final int moverAddress;

  Isa(int mode, int moverAddress) {
    this.mode = mode;
    this.moverAddress = moverAddress;
  }

  /** What the cores of {@code family} execute. */
  static Isa of(Family family) {
    return family.mm() ? MICROMIPS : MIPS32;
  }

  private static int halves(int first, int second) {
    return first & 0xFFFF | second << 16;
  }

  /** {@code address} as a jump target: bit 0 is the instruction set. */
  int target(int address) {
    return address | mode;
  }

  /**
   * Where the program of {@link Stub} stands: behind the first 2 KiB on the MX, which keeps them
   * for data; the MM has less RAM.
   */
  int moverAddress() {
    return moverAddress;
  }

  abstract int lui(int register, int high);

  abstract int ori(int register, int low);

  abstract int lw(int register, int offset, int base);

  abstract int sw(int register, int offset, int base);

  abstract int addiu(int register, int value);

  abstract int jr(int register);

  /** The program that {@link Stub} describes. */
  abstract int[] mover();
}
