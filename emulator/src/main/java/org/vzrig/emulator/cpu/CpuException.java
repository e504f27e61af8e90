package org.vzrig.emulator.cpu;

/**
 * An exception of the architecture on its way to the engine. Stackless and reused: the core fills
 * in the fields and throws its one instance; only the engine catches it.
 */
final class CpuException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Cause.ExcCode. */
  int code;

  /** Cause.CE for a coprocessor unusable exception. */
  int coprocessor;

  /** GuestCtl0.GExcCode, or -1 when the exception does not say. */
  int guestCode;

  /** Root takes it even when it came up in guest mode. */
  boolean toRoot;

  /** Whether {@link #badAddress} goes to BadVAddr. */
  boolean addressed;

  /** The address for BadVAddr (a guest physical one when {@link #guestCode} is GPA). */
  int badAddress;

  /** Whether EntryHi and Context get the page of {@link #badAddress}. */
  boolean translation;

  /** Whether no TLB entry matched, so that the refill vector is used. */
  boolean refill;

  /** Whether it is a debug exception (SDBBP). */
  boolean debug;

  /** Whether the fetch itself failed, so that there is no instruction word for BadInstr. */
  boolean fetch;

  /**
   * Not an exception of the architecture: the {@link Probe} stops the core before the instruction.
   */
  boolean halt;

  CpuException() {
    super("exception of the emulated core", null, false, false);
  }

  CpuException set(int excCode) {
    code = excCode;
    coprocessor = 0;
    guestCode = -1;
    toRoot = false;
    addressed = false;
    badAddress = 0;
    translation = false;
    refill = false;
    debug = false;
    fetch = false;
    halt = false;
    return this;
  }

  CpuException at(int address) {
    addressed = true;
    badAddress = address;
    return this;
  }

  CpuException root() {
    toRoot = true;
    return this;
  }
}
