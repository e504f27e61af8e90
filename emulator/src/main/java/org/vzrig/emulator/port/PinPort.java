package org.vzrig.emulator.port;

import org.vzrig.boards.Pin;

/** The pins of the chip as the board sees them. Owned by the machine thread. */
public interface PinPort {
  /** Told when the level of a pin changes. */
  @FunctionalInterface
  interface Listener {
    /** {@code pin} is high ({@code level} true) or low from {@code cycle} on. */
    void pinChanged(long cycle, Pin pin, boolean level);
  }

  /** Adds a listener for every pin, whoever drives it. */
  void onChange(Listener listener);

  /** The level of {@code pin}: driven by chip or board, else pulled, else low. */
  boolean level(Pin pin);

  /** Whether the chip drives {@code pin} now. */
  boolean drivenByChip(Pin pin);

  /** The board drives {@code pin} to {@code level}; loses against the chip's own output. */
  void drive(Pin pin, boolean level);

  /** The board lets go of {@code pin}. */
  void release(Pin pin);
}
