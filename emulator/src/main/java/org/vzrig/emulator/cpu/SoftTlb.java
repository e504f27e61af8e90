package org.vzrig.emulator.cpu;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.Sfr;

/**
 * Remembered translations of one translation mode (root or guest, GuestID, ASIDs, kernel or user):
 * the fast path of every load, store and fetch. An entry covers 4 KiB of plain memory; registers
 * have tables of their own, and everything else goes the slow way through {@link Mmu}.
 */
final class SoftTlb {
  static final int SIZE = 256;
  static final int PAGE = 0xFFFF_F000;

  /** Bit 2 is in no mask that tags are compared under, so this tag matches nothing. */
  static final int NONE = 4;

  private static final byte[] NO_MEMORY = {};

  final int[] readTag = new int[SIZE];
  final byte[][] readMemory = new byte[SIZE][];
  final int[] readOffset = new int[SIZE];
  final int[] writeTag = new int[SIZE];
  final byte[][] writeMemory = new byte[SIZE][];
  final int[] writeOffset = new int[SIZE];
  final int[] execTag = new int[SIZE];
  final @Nullable CodePage[] execPage = new CodePage[SIZE];

  /** Registers that were read, and that were written. */
  final DeviceTlb in = new DeviceTlb();

  final DeviceTlb out = new DeviceTlb();

  /** What lies together, for translated code. */
  final Window read = new Window();

  final Window write = new Window();

  /** Whether anything was filled in since the last flush. */
  private boolean used = true;

  /** Translation mode that the entries belong to. */
  int key = -1;

  SoftTlb() {
    Arrays.fill(readMemory, NO_MEMORY);
    Arrays.fill(writeMemory, NO_MEMORY);
    flush();
  }

  /** RAM, boot and program flash in their segments meet in few slots. */
  static int slot(int va) {
    return (va >>> 12 ^ va >>> 20) & SIZE - 1;
  }

  void flush() {
    if (!used) {
      return;
    }
    used = false;
    Arrays.fill(readTag, NONE);
    Arrays.fill(execTag, NONE);
    in.flush();
    out.flush();
    read.clear();
    flushWrites();
  }

  void flushWrites() {
    write.clear();
    Arrays.fill(writeTag, NONE);
  }

  void fillRead(int va, byte[] memory, int pageOffset) {
    used = true;
    int slot = slot(va);
    readTag[slot] = va & PAGE;
    readMemory[slot] = memory;
    readOffset[slot] = pageOffset;
  }

  void fillWrite(int va, byte[] memory, int pageOffset) {
    used = true;
    int slot = slot(va);
    writeTag[slot] = va & PAGE;
    writeMemory[slot] = memory;
    writeOffset[slot] = pageOffset;
  }

  /** Lets the windows grow over pages that were filled in before. */
  void absorb() {
    read.absorb(readTag, readMemory, readOffset);
    write.absorb(writeTag, writeMemory, writeOffset);
  }

  void fillDevice(DeviceTlb devices, int va, int pa, Sfr module) {
    used = true;
    devices.fill(va, pa, module);
  }

  void fillExec(int va, CodePage page) {
    used = true;
    int slot = slot(va);
    execTag[slot] = va & PAGE;
    execPage[slot] = page;
  }

  @Nullable CodePage exec(int va) {
    int slot = slot(va);
    return execTag[slot] == (va & PAGE) ? execPage[slot] : null;
  }
}
