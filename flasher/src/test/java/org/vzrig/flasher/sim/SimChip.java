package org.vzrig.flasher.sim;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A PIC32MZ as the probe sees it: a core that fetches instructions from the probe or runs from RAM,
 * the fast data area, the flash controller, and Microchip's programming executive as a black box.
 */
public final class SimChip {
  private static final int PROBE = 0xFF20_0200;
  private static final int FAST = 0xFF20_0000;
  private static final int EXECUTIVE = 0xA000_0900;
  private static final int NVM = 0x1F80_0600;
  private static final int WR = 0x8000;

  /** Program flash. */
  public final byte[] flash = new byte[2 << 20];

  /** Boot flash at the lower alias. */
  public final byte[] boot = new byte[80 << 10];

  private final int id;
  private final byte[] ram = new byte[512 << 10];
  private final int[] registers = new int[32];
  private final int[] nvm = new int[64];
  private final ArrayDeque<Integer> keys = new ArrayDeque<>();
  private final int[] executiveCode;
  private @Nullable SimExecutive executive;
  private boolean protectedCode;
  private boolean ejtagBoot;
  private boolean running;
  private int pc;
  private int target;
  private boolean branching;
  private int loadInto = -1;
  private boolean storing;
  private boolean fast;
  private int stored;

  /** A part with DEVID {@code id}; {@code executiveCode} is what its programming executive is. */
  public SimChip(int id, int... executiveCode) {
    this.id = id;
    this.executiveCode = executiveCode.clone();
    Arrays.fill(flash, (byte) 0x77);
    Arrays.fill(boot, (byte) 0x77);
  }

  /** Makes it code protected. */
  public SimChip protect() {
    protectedCode = true;
    return this;
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
    protectedCode = false;
  }

  void ejtagBoot() {
    ejtagBoot = true;
  }

  void holdReset() {
    running = false;
  }

  void releaseReset() {
    if (ejtagBoot && !running) {
      running = true;
      executive = null;
      pc = PROBE;
      branching = false;
      loadInto = -1;
      storing = false;
      Arrays.fill(nvm, 0);
      nvm[0x24] = 0x9FDF;
    }
  }

  boolean accessPending() {
    return running;
  }

  boolean fastDataPending() {
    return running && fast && (loadInto >= 0 || storing);
  }

  int pendingData() {
    return storing ? stored : 0;
  }

  /** The probe ends the core's access; {@code data} is what it fetched or loaded. */
  void complete(int data) {
    if (!running) {
      return;
    }
    if (storing || loadInto >= 0) {
      finishAccess(data);
    } else {
      execute(data);
    }
    run();
  }

  void completeFastData(int data) {
    if (fastDataPending()) {
      finishAccess(data);
      run();
    }
  }

  private void finishAccess(int data) {
    if (executive != null) {
      executive.exchanged(storing, data);
      nextOfExecutive(executive);
    } else if (storing) {
      storing = false;
    } else {
      registers[loadInto] = data;
      loadInto = -1;
    }
  }

  private void nextOfExecutive(SimExecutive program) {
    fast = true;
    storing = program.sends();
    stored = storing ? program.word() : 0;
    loadInto = storing ? -1 : 0;
  }

  /** Runs until the core needs the probe. */
  private void run() {
    while (executive == null && !storing && loadInto < 0 && pc >>> 20 != 0xFF2) {
      if (pc == EXECUTIVE) {
        startExecutive();
      } else {
        execute(load(pc));
      }
    }
  }

  private void startExecutive() {
    for (int i = 0; i < executiveCode.length; i++) {
      if (load(EXECUTIVE + 4 * i) != executiveCode[i]) {
        throw new IllegalStateException("the executive arrived damaged at word " + i);
      }
    }
    executive = new SimExecutive(this);
    nextOfExecutive(executive);
  }

  private void execute(int word) {
    int next = branching ? target : pc + 4;
    branching = false;
    int rs = registers[word >>> 21 & 31];
    int rt = word >>> 16 & 31;
    int immediate = (short) word;
    int branch = pc + 4 + (immediate << 2);
    switch (word >>> 26) {
      case 0x00 -> {
        if ((word & 0x3F) == 8) {
          branch(rs);
        } else if (word != 0) {
          throw new IllegalStateException("not simulated: %08X".formatted(word));
        }
      }
      case 0x01 -> branchIf(rs < 0, branch);
      case 0x04 -> branchIf(rs == registers[rt], branch);
      case 0x05 -> branchIf(rs != registers[rt], branch);
      case 0x09 -> registers[rt] = rs + immediate;
      case 0x0D -> registers[rt] = rs | immediate & 0xFFFF;
      case 0x0F -> registers[rt] = immediate << 16;
      case 0x23 -> fetch(rs + immediate, rt);
      case 0x2B -> put(rs + immediate, registers[rt]);
      default -> throw new IllegalStateException("not simulated: %08X".formatted(word));
    }
    pc = next;
  }

  private void branchIf(boolean taken, int to) {
    if (taken) {
      branch(to);
    }
  }

  private void branch(int to) {
    branching = true;
    target = to;
  }

  private void fetch(int address, int register) {
    if (address >>> 20 == 0xFF2) {
      loadInto = register;
      fast = address == FAST;
    } else {
      registers[register] = load(address);
    }
  }

  private void put(int address, int value) {
    if (address >>> 20 == 0xFF2) {
      storing = true;
      stored = value;
      fast = address == FAST;
    } else {
      store(address, value);
    }
  }

  /** The word at {@code address}. */
  int load(int address) {
    int physical = address & 0x1FFF_FFFF;
    if (physical >= NVM && physical < NVM + 0x100) {
      return nvm[physical - NVM >> 2];
    }
    byte[] memory = memory(physical);
    int at = offset(physical);
    return memory[at] & 0xFF
        | (memory[at + 1] & 0xFF) << 8
        | (memory[at + 2] & 0xFF) << 16
        | memory[at + 3] << 24;
  }

  private void store(int address, int value) {
    int physical = address & 0x1FFF_FFFF;
    if (physical >= NVM && physical < NVM + 0x100) {
      nvmWrite(physical - NVM, value);
      return;
    }
    if (physical >= ram.length) {
      throw new IllegalStateException("store to %08X".formatted(physical));
    }
    for (int b = 0; b < 4; b++) {
      ram[physical + b] = (byte) (value >>> 8 * b);
    }
  }

  private byte[] memory(int physical) {
    return physical >>> 24 == 0x1D ? flash : physical >= 0x1FC0_0000 ? boot : ram;
  }

  private int offset(int physical) {
    return physical >>> 24 == 0x1D
        ? physical & 0x1F_FFFF
        : physical >= 0x1FC0_0000 ? physical - 0x1FC0_0000 : physical;
  }

  private void nvmWrite(int offset, int value) {
    switch (offset) {
      case 0x10 -> {
        keys.add(value);
        if (keys.size() > 2) {
          keys.poll();
        }
        return;
      }
      case 0x08 -> {
        boolean open = keys.size() == 2 && keys.poll() == 0xAA99_6655 && keys.poll() == 0x5566_99AA;
        nvm[0] = open ? operate() : nvm[0] | 1 << 13;
        return;
      }
      case 0x90 -> {
        if (keys.size() == 2 && keys.peekLast() == 0x5566_99AA) {
          nvm[0x24] = value;
        }
      }
      default -> nvm[offset >> 2] = value;
    }
    keys.clear();
  }

  private int operate() {
    int address = nvm[8];
    byte[] memory = memory(address);
    int at = offset(address);
    if (address >= 0x1FC0_0000 && (nvm[0x24] & 0x1F1F) != 0) {
      return nvm[0] | 1 << 13;
    }
    if ((nvm[0] & 0xF) == 3) {
      row(address, Arrays.copyOfRange(ram, nvm[0x1C], nvm[0x1C] + 2048));
    } else if ((nvm[0] & 0xF) == 4) {
      Arrays.fill(memory, at & -0x4000, (at & -0x4000) + 0x4000, (byte) 0xFF);
    }
    return nvm[0] & ~WR;
  }

  /** Programs a row. */
  void row(int address, byte[] data) {
    byte[] memory = memory(address);
    int at = offset(address);
    for (int i = 0; i < data.length; i++) {
      memory[at + i] &= data[i];
    }
  }
}
