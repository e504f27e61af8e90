package org.vzrig.hil.gpio;

import java.io.IOException;

/** Opens GPIO lines: those of a host, or ones in memory. Levels are those of the wire. */
public interface GpioLines {
  /** A line that is driven from here. */
  interface Output extends AutoCloseable {
    /**
     * Drives the line.
     *
     * @throws IOException when the host does not let it
     */
    void write(boolean high) throws IOException;

    /** Lets go of the line. */
    @Override
    void close();
  }

  /** A line that something outside drives. */
  interface Input extends AutoCloseable {
    /**
     * Its level now.
     *
     * @throws IOException when the host does not tell it
     */
    boolean read() throws IOException;

    /** Lets go of the line. */
    @Override
    void close();
  }

  /**
   * Takes a line and drives it to {@code high}.
   *
   * @throws IOException when there is no such line or somebody else has it
   */
  Output output(Wiring wiring, boolean high) throws IOException;

  /**
   * Takes a line that is read.
   *
   * @throws IOException when there is no such line or somebody else has it
   */
  Input input(Wiring wiring) throws IOException;
}
