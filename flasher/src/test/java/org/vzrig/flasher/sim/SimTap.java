package org.vzrig.flasher.sim;

/** A PIC32's test access port: the states of IEEE 1149.1, MTAP and ETAP. */
public final class SimTap {
  private enum State {
    RESET,
    IDLE,
    SELECT_DR,
    CAPTURE_DR,
    SHIFT_DR,
    EXIT1_DR,
    PAUSE_DR,
    EXIT2_DR,
    UPDATE_DR,
    SELECT_IR,
    CAPTURE_IR,
    SHIFT_IR,
    EXIT1_IR,
    PAUSE_IR,
    EXIT2_IR,
    UPDATE_IR
  }

  private static final int ACCESS = 1 << 18;

  private final SimChip chip;
  private State state = State.RESET;
  private boolean etap;
  private boolean held;
  private int instruction = 1;
  private long register;
  private int data;
  private long erasing;

  /** The port of {@code chip}. */
  public SimTap(SimChip chip) {
    this.chip = chip;
  }

  /** The part's reset line, where an adapter has it. */
  public void mclr(boolean low) {
    held = low;
    if (low) {
      chip.holdReset();
    } else {
      chip.releaseReset();
    }
  }

  /** The part loses power, or starts normally. */
  public void leave() {
    chip.leave();
    etap = false;
    state = State.RESET;
  }

  /** One clock; gives TDO after it. */
  public int clock(int tdi, int tms) {
    if (held) {
      chip.tmsInReset(tms);
    }
    switch (state) {
      case CAPTURE_DR -> register = capture();
      case CAPTURE_IR -> register = 1;
      case SHIFT_DR -> register = register >>> 1 | (long) tdi << length() - 1;
      case SHIFT_IR -> register = register >>> 1 | (long) tdi << 4;
      default -> {}
    }
    state = next(tms == 1);
    switch (state) {
      case RESET -> instruction = 1;
      case UPDATE_IR -> select((int) register & 0x1F);
      case UPDATE_DR -> update();
      default -> {}
    }
    boolean shifting = state == State.SHIFT_DR || state == State.SHIFT_IR;
    return shifting ? (int) register & 1 : 0;
  }

  private State next(boolean up) {
    return switch (state) {
      case RESET -> up ? State.RESET : State.IDLE;
      case IDLE, UPDATE_DR, UPDATE_IR -> up ? State.SELECT_DR : State.IDLE;
      case SELECT_DR -> up ? State.SELECT_IR : State.CAPTURE_DR;
      case CAPTURE_DR, SHIFT_DR -> up ? State.EXIT1_DR : State.SHIFT_DR;
      case EXIT1_DR -> up ? State.UPDATE_DR : State.PAUSE_DR;
      case PAUSE_DR -> up ? State.EXIT2_DR : State.PAUSE_DR;
      case EXIT2_DR -> up ? State.UPDATE_DR : State.SHIFT_DR;
      case SELECT_IR -> up ? State.RESET : State.CAPTURE_IR;
      case CAPTURE_IR, SHIFT_IR -> up ? State.EXIT1_IR : State.SHIFT_IR;
      case EXIT1_IR -> up ? State.UPDATE_IR : State.PAUSE_IR;
      case PAUSE_IR -> up ? State.EXIT2_IR : State.PAUSE_IR;
      case EXIT2_IR -> up ? State.UPDATE_IR : State.SHIFT_IR;
    };
  }

  private void select(int value) {
    if (value == 4 || value == 5) {
      etap = value == 5;
    } else {
      instruction = value;
      if (etap && value == 0x0C) {
        chip.ejtagBoot();
      }
    }
  }

  private int length() {
    return etap && instruction == 0x0E ? 33 : !etap && instruction == 7 ? 8 : 32;
  }

  private long capture() {
    if (!etap) {
      return instruction == 7 ? status() : Integer.toUnsignedLong(chip.deviceId());
    }
    return switch (instruction) {
      case 0x09 -> Integer.toUnsignedLong(chip.pendingData());
      case 0x0A -> chip.accessPending() ? ACCESS : 0;
      case 0x0E ->
          Integer.toUnsignedLong(chip.pendingData()) << 1 | (chip.fastDataPending() ? 1 : 0);
      default -> Integer.toUnsignedLong(chip.deviceId());
    };
  }

  private int status() {
    if (erasing > 0 && --erasing == 0) {
      chip.eraseAll();
    }
    return (chip.codeProtected() ? 0 : 0x80) | (erasing > 0 ? 0x04 : 0x08);
  }

  private void update() {
    if (!etap) {
      command((int) register);
    } else if (instruction == 0x09) {
      data = (int) register;
    } else if (instruction == 0x0A && (register & ACCESS) == 0) {
      chip.complete(data);
    } else if (instruction == 0x0E && (register & 1) == 0) {
      chip.completeFastData((int) (register >>> 1));
    }
  }

  private void command(int value) {
    if (instruction != 7) {
      return;
    }
    switch (value) {
      case 0xD1 -> chip.holdReset();
      case 0xD0 -> {
        if (erasing == -1) {
          erasing = 5;
        }
        chip.releaseReset();
      }
      case 0xFC -> erasing = chip.family().mx() ? 5 : -1; // others wait for D0
      case 0xFE -> chip.enableFlash();
      default -> {}
    }
  }
}
