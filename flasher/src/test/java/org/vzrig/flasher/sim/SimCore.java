package org.vzrig.flasher.sim;

/**
 * A core in debug mode: it fetches instructions from the probe or runs from RAM, and knows as many
 * instructions as programmers use, in MIPS32 or in microMIPS.
 */
final class SimCore {
  private static final int PROBE = 0xFF20_0200;
  private static final int FAST = 0xFF20_0000;

  private final SimChip chip;
  private final boolean micro;
  private final int[] registers = new int[32];
  private int pc = PROBE;
  private int target;
  private boolean branching;
  private int loadInto = -1;
  private boolean storing;
  private boolean fast;
  private int stored;

  SimCore(SimChip chip, boolean micro) {
    this.chip = chip;
    this.micro = micro;
  }

  int pc() {
    return pc;
  }

  boolean fastPending() {
    return fast && (loadInto >= 0 || storing);
  }

  int pendingData() {
    return storing ? stored : 0;
  }

  /** The probe gives what the core fetched or loaded, or has taken what it stored. */
  void complete(int data) {
    if (storing) {
      storing = false;
    } else if (loadInto >= 0) {
      registers[loadInto] = data;
      loadInto = -1;
    } else {
      execute(data);
    }
  }

  /** Whether the next instruction comes from memory. */
  boolean runs() {
    return !storing && loadInto < 0 && pc >>> 20 != 0xFF2;
  }

  /** Executes the instruction that the program counter points at. */
  void step() {
    execute(chip.load(pc));
  }

  private void execute(int word) {
    int next = branching ? target : pc + 4;
    branching = false;
    if (micro) {
      micro(word & 0xFFFF, word >>> 16);
    } else {
      mips32(word);
    }
    registers[0] = 0;
    pc = next;
  }

  private void mips32(int word) {
    int rs = word >>> 21 & 31;
    int rt = word >>> 16 & 31;
    int immediate = (short) word;
    int branch = pc + 4 + (immediate << 2);
    switch (word >>> 26) {
      case 0x00 -> {
        if ((word & 0x3F) == 8) {
          branch(registers[rs]);
        } else if (word != 0) {
          throw unknown(word);
        }
      }
      case 0x01 -> branchIf(registers[rs] < 0, branch);
      case 0x04 -> branchIf(registers[rs] == registers[rt], branch);
      case 0x05 -> branchIf(registers[rs] != registers[rt], branch);
      case 0x09 -> registers[rt] = registers[rs] + immediate;
      case 0x0D -> registers[rt] = registers[rs] | immediate & 0xFFFF;
      case 0x0F -> registers[rt] = immediate << 16;
      case 0x23 -> fetch(registers[rs] + immediate, rt);
      case 0x2B -> put(registers[rs] + immediate, registers[rt]);
      default -> throw unknown(word);
    }
  }

  private void micro(int first, int second) {
    int rt = first >> 5 & 31;
    int rs = first & 31;
    int immediate = (short) second;
    int branch = pc + 4 + (immediate << 1);
    switch (first >> 10) {
      case 0x00 -> {
        if (second == 0x0F3C && rt == 0) {
          if ((registers[rs] & 1) == 0) {
            throw new IllegalStateException("a jump out of microMIPS");
          }
          branch(registers[rs] & ~1);
        } else if (first != 0 || second != 0) {
          throw unknown(first << 16 | second);
        }
      }
      case 0x0C -> registers[rt] = registers[rs] + immediate;
      case 0x10 -> {
        switch (rt) {
          case 0x00 -> branchIf(registers[rs] < 0, branch);
          case 0x0D -> registers[rs] = immediate << 16;
          default -> throw unknown(first << 16 | second);
        }
      }
      case 0x14 -> registers[rt] = registers[rs] | immediate & 0xFFFF;
      case 0x25 -> branchIf(registers[rs] == registers[rt], branch);
      case 0x2D -> branchIf(registers[rs] != registers[rt], branch);
      case 0x3E -> put(registers[rs] + immediate, registers[rt]);
      case 0x3F -> fetch(registers[rs] + immediate, rt);
      default -> throw unknown(first << 16 | second);
    }
  }

  private static IllegalStateException unknown(int word) {
    return new IllegalStateException("not simulated: %08X".formatted(word));
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
      registers[register] = chip.load(address);
    }
  }

  private void put(int address, int value) {
    if (address >>> 20 == 0xFF2) {
      storing = true;
      stored = value;
      fast = address == FAST;
    } else {
      chip.store(address, value);
    }
  }
}
