package org.vzrig.flasher.icsp;

import java.io.IOException;

/** An adapter that moves the chip's test access port. */
public interface TapPort extends AutoCloseable {
  /** What the user calls the adapter. */
  String description();

  /** Powers the chip and enters programming mode. */
  void enter() throws IOException;

  /** Takes the port to Run-Test/Idle through reset: TMS 1 1 1 1 1 0. */
  void reset() throws IOException;

  /** Shifts a 5-bit instruction. */
  void instruction(int value) throws IOException;

  /** Shifts data without looking at what comes out. */
  void write(int bits, long value) throws IOException;

  /** Shifts data and gives what comes out. */
  long read(int bits, long value) throws IOException;

  /**
   * Shifts words through FASTDATA, 33 bits each with PrAcc first.
   *
   * @throws IOException if the chip had not taken one of them
   */
  void fastData(int... words) throws IOException;

  /** Lets time go by in the stream of commands, in steps of 10 ms. */
  void pause(int millis) throws IOException;

  /** Leaves programming mode and, unless {@code power}, takes power away. */
  void leave(boolean power) throws IOException;

  /** Releases the adapter. */
  @Override
  void close();
}
