package org.vzrig.emulator.bus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registers of one module, found by address in one array access.
 *
 * <p>{@link #at} declares a register with the usual CLR, SET and INV aliases at +4, +8 and +C;
 * {@link #plain} one without. Reads of the aliases give 0. A module that PMD has switched off holds
 * its reset values, reads 0 and ignores writes.
 */
public final class RegisterBlock implements Sfr {
  private final int base;
  private final Register[] slots;
  private final byte[] operations;
  private final List<Register> registers = new ArrayList<>();
  private Sfr missing = NOTHING;
  private boolean powered = true;

  private static final Sfr NOTHING =
      new Sfr() {
        @Override
        public int read(int pa, int size) {
          return 0;
        }

        @Override
        public void write(int pa, int size, int value) {}
      };

  /** A block of {@code size} bytes from physical address {@code base}, both multiples of 256. */
  public RegisterBlock(int base, int size) {
    if (((base | size) & 0xFF) != 0) {
      throw new IllegalArgumentException(
          String.format("expected multiples of 256, found %08X + %X", base, size));
    }
    this.base = base;
    slots = new Register[size >>> 2];
    operations = new byte[size >>> 2];
  }

  /** Declares a register at {@code offset} with its CLR, SET and INV aliases. */
  public Register at(int offset, String name) {
    Register register = plain(offset, name);
    for (int operation = Register.CLR; operation <= Register.INV; operation++) {
      place(offset + 4 * operation, register, operation);
    }
    return register;
  }

  /** Declares a register at {@code offset} that has no aliases. */
  public Register plain(int offset, String name) {
    Register register = new Register(name);
    registers.add(register);
    place(offset, register, Register.WRITE);
    return register;
  }

  private void place(int offset, Register register, int operation) {
    if (slots[offset >>> 2] != null) {
      throw new IllegalStateException(
          register.name() + " and " + slots[offset >>> 2].name() + " share an address");
    }
    slots[offset >>> 2] = register;
    operations[offset >>> 2] = (byte) operation;
  }

  /** First physical address. */
  public int base() {
    return base;
  }

  /** Size in bytes. */
  public int size() {
    return slots.length << 2;
  }

  /** All registers in the order of their declaration. */
  public List<Register> registers() {
    return registers;
  }

  /** The register at physical address {@code pa} or one of its aliases, or null. */
  public @Nullable Register find(int pa) {
    return slots[pa - base >>> 2];
  }

  /** Sets who answers for addresses of the block without a declared register. */
  public void onMissing(Sfr handler) {
    missing = handler;
  }

  /** Gives every register its reset value; no hook is called. */
  public void reset() {
    for (Register register : registers) {
      register.reset();
    }
  }

  /** Switches the module's clock, as PMD does. */
  public void powered(boolean on) {
    powered = on;
  }

  /** Whether PMD leaves the module its clock. */
  public boolean powered() {
    return powered;
  }

  @Override
  public int read(int pa, int size) {
    int index = pa - base >>> 2;
    Register register = slots[index];
    if (register == null) {
      return missing.read(pa, size);
    }
    if (!powered || operations[index] != Register.WRITE) {
      return 0;
    }
    int value = register.softwareRead();
    return size == 4 ? value : value >>> ((pa & 3) << 3) & mask(size);
  }

  @Override
  public void write(int pa, int size, int value) {
    int index = pa - base >>> 2;
    Register register = slots[index];
    if (register == null) {
      missing.write(pa, size, value);
    } else if (powered) {
      int shift = (pa & 3) << 3;
      int mask = mask(size) << shift;
      register.softwareWrite(operations[index], value << shift & mask, mask);
    }
  }

  private static int mask(int size) {
    return size == 4 ? -1 : (1 << (size << 3)) - 1;
  }
}
