package org.vzrig.flasher.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.Parts;

/**
 * A PIC32 as the probe sees it: a core, RAM, flash with its controller, and Microchip's programming
 * executive as a black box.
 */
public final class SimChip {
  private static final int BMX = 0x1F88_2000;

  /** Program flash. */
  public final byte[] flash;

  /** Boot flash at the lower alias: panel 1, as on an erased part. */
  public final byte[] boot;

  /** Boot flash at the upper alias: panel 2, where there are two. */
  public final byte[] upperBoot;

  private final int id;
  private final Family family;
  private final byte[] ram;
  private final int[] bmx = new int[0x20];
  private final int[] executiveCode;
  private SimNvm nvm;
  private SimCore core;
  private @Nullable SimExecutive executive;
  private boolean protectedCode;
  private boolean ejtagBoot;
  private boolean flashEnabled;
  private boolean running;
  private boolean jtagPinsInUse;
  private int key;

  /** A part with DEVID {@code id}; {@code executiveCode} is what its programming executive is. */
  public SimChip(int id, int... executiveCode) {
    this.id = id;
    this.executiveCode = executiveCode.clone();
    family = Parts.byId(id).map(p -> p.family()).orElse(Family.MZ);
    flash = new byte[Parts.byId(id).map(p -> p.flashBytes()).orElse(2 << 20)];
    boot = new byte[family.bootWindow()];
    upperBoot = new byte[family.twoPanels() ? boot.length : 0];
    ram = new byte[ramBytes()];
    Arrays.fill(flash, (byte) 0x77);
    Arrays.fill(boot, (byte) 0x77);
    Arrays.fill(upperBoot, (byte) 0x77);
    nvm = new SimNvm(this, family);
    core = new SimCore(this, family.mm());
  }

  /** As much as the smallest parts of the family have. */
  private int ramBytes() {
    return switch (family) {
      case MX1, MM_GPL -> 4 << 10;
      case MX3, MM_GPM -> 8 << 10;
      default -> 128 << 10;
    };
  }

  /** Makes it code protected. */
  public SimChip protect() {
    protectedCode = true;
    return this;
  }

  /** Makes it start in debug mode only after the ICSP key was seen on TMS while in reset. */
  public SimChip withJtagPinsInUse() {
    jtagPinsInUse = true;
    return this;
  }

  /** A TMS bit while the part is held in reset. */
  void tmsInReset(int bit) {
    key = key >>> 1 | bit << 31;
    jtagPinsInUse &= key != Integer.reverse(0x4D43_4850);
  }

  /** What it has in common with others. */
  public Family family() {
    return family;
  }

  /** Whether its core is held, or runs a program of its own instead of ours. */
  public boolean left() {
    return !running;
  }

  int deviceId() {
    return id;
  }

  boolean codeProtected() {
    return protectedCode;
  }

  void eraseAll() {
    Arrays.fill(flash, (byte) 0xFF);
    Arrays.fill(boot, (byte) 0xFF);
    Arrays.fill(upperBoot, (byte) 0xFF);
    protectedCode = false;
  }

  void ejtagBoot() {
    ejtagBoot = true;
  }

  void enableFlash() {
    flashEnabled = true;
  }

  void holdReset() {
    running = false;
  }

  void releaseReset() {
    if (ejtagBoot && !running && !jtagPinsInUse) {
      running = true;
      executive = null;
      nvm = new SimNvm(this, family);
      core = new SimCore(this, family.mm());
      Arrays.fill(bmx, 0);
      flashEnabled = !family.mx();
    }
  }

  /** The probe's cable is pulled, or the part loses power: the next reset is an ordinary one. */
  void leave() {
    running = false;
    ejtagBoot = false;
  }

  boolean accessPending() {
    return running;
  }

  boolean fastDataPending() {
    return running && (executive != null || core.fastPending());
  }

  int pendingData() {
    if (executive != null) {
      return executive.sends() ? executive.word() : 0;
    }
    return core.pendingData();
  }

  /** The probe ends the core's access; {@code data} is what it fetched or loaded. */
  void complete(int data) {
    if (!running) {
      return;
    }
    if (executive != null) {
      executive.exchanged(executive.sends(), data);
      return;
    }
    core.complete(data);
    while (executive == null && core.runs()) {
      run();
    }
  }

  void completeFastData(int data) {
    if (fastDataPending()) {
      complete(data);
    }
  }

  private int executiveAddress() {
    return family.mm() ? 0xA000_0300 : 0xA000_0900;
  }

  private void run() {
    if (core.pc() == executiveAddress()) {
      startExecutive();
      return;
    }
    if (family.mx() && (bmx[4] != 0x800 || bmx[8] == 0)) {
      throw new IllegalStateException("the bus matrix lets no code run from RAM");
    }
    core.step();
  }

  private void startExecutive() {
    for (int i = 0; i < executiveCode.length; i++) {
      if (load(executiveAddress() + 4 * i) != executiveCode[i]) {
        throw new IllegalStateException("the executive arrived damaged at word " + i);
      }
    }
    executive = new SimExecutive(this, family.executiveVersion());
  }

  /** The word at {@code address}. */
  int load(int address) {
    int physical = address & 0x1FFF_FFFF;
    if (nvm.has(physical)) {
      return nvm.load(physical);
    }
    if (physical >= BMX && physical < BMX + 0x80) {
      return physical == BMX + 0x40 ? ram.length : bmx[physical - BMX >> 2];
    }
    byte[] memory = memory(physical);
    int at = offset(physical);
    return memory[at] & 0xFF
        | (memory[at + 1] & 0xFF) << 8
        | (memory[at + 2] & 0xFF) << 16
        | memory[at + 3] << 24;
  }

  void store(int address, int value) {
    int physical = address & 0x1FFF_FFFF;
    if (nvm.has(physical)) {
      nvm.store(physical, value);
    } else if (physical >= BMX && physical < BMX + 0x80) {
      bmx[physical - BMX >> 2] = value;
    } else if (physical >= ram.length) {
      throw new IllegalStateException("store to %08X".formatted(physical));
    } else {
      for (int b = 0; b < 4; b++) {
        ram[physical + b] = (byte) (value >>> 8 * b);
      }
    }
  }

  private byte[] memory(int physical) {
    if (physical < 0x1000_0000) {
      return ram;
    }
    if (!flashEnabled) {
      throw new IllegalStateException("flash is not enabled (FE)");
    }
    if (physical >>> 24 == 0x1D) {
      return flash;
    }
    return family.twoPanels() && (physical & 0x2_0000) != 0 ? upperBoot : boot;
  }

  private int offset(int physical) {
    if (physical >>> 24 == 0x1D) {
      return physical & 0xFF_FFFF;
    }
    int offset = physical >= 0x1000_0000 ? physical - 0x1FC0_0000 : physical;
    return physical >= 0x1000_0000 && family.twoPanels() ? offset & 0x1_FFFF : offset;
  }

  byte[] ram(int physical, int length) {
    return Arrays.copyOfRange(ram, physical, physical + length);
  }

  void erasePage(int address) {
    byte[] memory = memory(address);
    int first = offset(address) & -family.pageBytes();
    int last = Math.min(memory.length, first + family.pageBytes());
    Arrays.fill(memory, first, last, (byte) 0xFF);
  }

  /** Programs a row. */
  void row(int address, byte[] data) {
    if (data.length != family.rowBytes() || (address & data.length - 1) != 0) {
      throw new IllegalStateException("a row of %d at %08X".formatted(data.length, address));
    }
    program(address, data);
  }

  /** Programs a row or a unit. */
  void program(int address, byte[] data) {
    byte[] memory = memory(address);
    int at = offset(address);
    for (int i = 0; i < data.length; i++) {
      memory[at + i] &= data[i];
    }
  }
}
