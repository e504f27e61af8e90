package org.vzrig.hil.gpio;

import java.io.IOException;

/** Opens GPIO lines: those of a host, or ones in memory. Levels are those of the wire. */
public interface GpioLines extends AutoCloseable {
  /** Told of edges. */
  @FunctionalInterface
  interface EdgeSink {
    /** The line went {@code high} or low at {@code nanos} of {@link System#nanoTime}. */
    void edge(long nanos, boolean high);
  }

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

    /**
     * Tells {@code sink} the edges since the last call, as far as they can be known.
     *
     * @return how many
     * @throws IOException when the host does not tell them
     */
    int edges(EdgeSink sink) throws IOException;

    /** How many edges there was no room for. */
    default long lost() {
      return 0;
    }

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

  /**
   * Takes a line whose edges are wanted with their times, by the kernel's clock where it gives
   * them.
   *
   * @throws IOException when there is no such line or somebody else has it
   */
  Input watch(LineSpec line) throws IOException;

  /** Lets go of what all lines share; the lines themselves are closed before. */
  @Override
  default void close() {}
}
