package org.vzrig.flasher.sim;

/** What stands at the other end of a simulated line. */
public interface SimTarget {
  /** Sends bytes back. */
  @FunctionalInterface
  interface Reply {
    /** Sends {@code bytes}, {@code delayNanos} after what caused them. */
    void send(byte[] bytes, long delayNanos);
  }

  /** A byte has arrived. */
  void receive(int value, Reply reply);

  /** The board was reset. */
  default void reset() {}
}
