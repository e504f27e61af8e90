package org.vzrig.flasher.icsp;

import java.io.IOException;
import org.vzrig.flasher.Family;

/**
 * An adapter that moves the chip's test access port. Some adapters shift bits for us, see {@link
 * BitTap}; others have firmware that knows the longer conversations.
 */
public interface TapPort extends AutoCloseable {
  /** What the user calls the adapter. */
  String description();

  /** How often programming mode is entered before a part counts as missing. */
  default int entries() {
    return 1;
  }

  /** Powers the chip and enters programming mode. */
  void enter() throws IOException;

  /** Takes the port to Run-Test/Idle through reset: TMS 1 1 1 1 1 0. */
  void reset() throws IOException;

  /** Shifts a 5-bit instruction. */
  void instruction(int value) throws IOException;

  /** Shifts data of 8 or 32 bits without looking at what comes out. */
  void write(int bits, long value) throws IOException;

  /** Shifts data of 8 or 32 bits and gives what comes out. */
  long read(int bits, long value) throws IOException;

  /**
   * Shifts words through FASTDATA, which must be selected, 33 bits each with PrAcc first.
   *
   * @throws IOException if the chip had not taken one of them
   */
  void fastData(int... words) throws IOException;

  /**
   * Takes words that the core stores to the fast data area, FASTDATA being selected.
   *
   * @throws IOException if the chip does not offer one
   */
  void takeFastData(int[] into) throws IOException;

  /**
   * Gives the core {@code instructions} through CONTROL and DATA, each when it asks for one.
   *
   * @throws IOException if it does not ask
   */
  void execute(int... instructions) throws IOException;

  /**
   * Takes a word that the core stores to the probe's memory, through CONTROL and DATA.
   *
   * @throws IOException if it does not store one
   */
  int response() throws IOException;

  /** Takes several words as {@link #response} does. */
  default void responses(int[] into) throws IOException {
    for (int i = 0; i < into.length; i++) {
      into[i] = response();
    }
  }

  /** Lets time go by in the stream of commands, in steps of 10 ms. */
  void pause(int millis) throws IOException;

  /**
   * Holds the part in reset, or lets it go, by a line of the adapter.
   *
   * @return whether the adapter has such a line; without one MTAP is asked
   */
  default boolean holdReset(boolean held) throws IOException {
    return false;
  }

  /**
   * Does what may help a part of {@code family} whose core did not start in debug mode.
   *
   * @return whether another try makes sense
   */
  default boolean recover(Family family) throws IOException {
    return false;
  }

  /** Leaves programming mode and, unless {@code power}, takes power away. */
  void leave(boolean power) throws IOException;

  /** Releases the adapter. */
  @Override
  void close();
}
