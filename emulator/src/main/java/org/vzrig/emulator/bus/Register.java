package org.vzrig.emulator.bus;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One special function register: its data sheet name, reset value and which bits software can
 * change, declared once.
 *
 * <p>A device changes bits that hardware owns with {@link #value(int)}, {@link #set} and {@link
 * #clear}; software's writes pass the masks first.
 */
public final class Register {
  /** Told after software has written a register. */
  @FunctionalInterface
  public interface Writer {
    /** The value changed (or was written again) from {@code old} to {@code now}. */
    void written(int old, int now);
  }

  static final int WRITE = 0;
  static final int CLR = 1;
  static final int SET = 2;
  static final int INV = 3;

  private final String name;
  private int reset;
  private int writable;
  private int clearable;
  private int value;
  private int lanes;
  private @Nullable BooleanSupplier guard;
  private @Nullable IntSupplier live;
  private @Nullable IntSupplier reader;
  private @Nullable Writer writer;

  Register(String name) {
    this.name = name;
  }

  /** Declares the value after every reset. */
  public Register reset(int resetValue) {
    reset = resetValue;
    value = resetValue;
    return this;
  }

  /** Declares the bits that software writes; all others are read-only. */
  public Register rw(int mask) {
    writable = mask;
    return this;
  }

  /** Declares every bit writable. */
  public Register rw() {
    return rw(-1);
  }

  /** Declares the bits that software can only clear, by writing 0 to them. */
  public Register clearOnly(int mask) {
    clearable = mask;
    return this;
  }

  /** Software's writes are dropped while {@code open} says false. */
  public Register guard(BooleanSupplier open) {
    guard = open;
    return this;
  }

  /** The value lies with the device: {@code source} gives it, without side effects. */
  public Register live(IntSupplier source) {
    live = source;
    return this;
  }

  /** Software's reads have a side effect: {@code hook} performs it and gives what is read. */
  public Register onRead(IntSupplier hook) {
    reader = hook;
    return this;
  }

  /** {@code hook} is told of every write by software that passed the guard. */
  public Register onWrite(Writer hook) {
    writer = hook;
    return this;
  }

  /** The data sheet's name, such as U4STA. */
  public String name() {
    return name;
  }

  /** The present value, without side effects. */
  public int value() {
    return live == null ? value : live.getAsInt();
  }

  /** Sets the value, whatever the masks say. */
  public void value(int now) {
    value = now;
  }

  /** Whether any bit of {@code mask} is set. */
  public boolean has(int mask) {
    return (value & mask) != 0;
  }

  /** Sets the bits of {@code mask}, as hardware does. */
  public void set(int mask) {
    value |= mask;
  }

  /** Clears the bits of {@code mask}, as hardware does. */
  public void clear(int mask) {
    value &= ~mask;
  }

  /** Sets or clears the bits of {@code mask}. */
  public void put(int mask, boolean on) {
    value = on ? value | mask : value & ~mask;
  }

  /** The field of {@code bits} bits at {@code shift}. */
  public int field(int shift, int bits) {
    return value >>> shift & (1 << bits) - 1;
  }

  /** In a write hook: the bits of the bytes that the write touched. */
  public int lanes() {
    return lanes;
  }

  /** Back to the reset value; no hook is called. */
  public void reset() {
    value = reset;
  }

  int softwareRead() {
    return reader == null ? value() : reader.getAsInt();
  }

  void softwareWrite(int operation, int bits, int touched) {
    if (guard != null && !guard.getAsBoolean()) {
      return;
    }
    int old = value();
    int next =
        switch (operation) {
          case WRITE -> old & ~touched | bits;
          case CLR -> old & ~bits;
          case SET -> old | bits;
          default -> old ^ bits;
        };
    int kept = old & ~(writable | clearable);
    value = kept | next & writable | old & next & clearable;
    lanes = touched;
    if (writer != null) {
      writer.written(old, value);
    }
  }

  @Override
  public String toString() {
    return name + "=" + String.format("%08X", value());
  }
}
