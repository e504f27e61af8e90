package org.vzrig.hil.bridge;

import java.io.ByteArrayOutputStream;

/** How one client of a {@link NetEnd} talks. Used by the end's thread. */
interface Session {
  /** Takes a byte from the client. */
  void received(int value);

  /** Writes {@code length} bytes for the client into {@code out}, as they go over the line. */
  void encode(byte[] bytes, int length, ByteArrayOutputStream out);

  /** Whether the client wants no data now. */
  default boolean suspended() {
    return false;
  }

  /** What a session asks of its connection. */
  interface Client {
    /** Passes a byte, or {@link Route#BREAK}, on to the UART. */
    void input(int value);

    /** Sends bytes as they are, ahead of data that still waits. */
    void control(byte[] bytes);

    /** Forgets data that waits for the client. */
    void discardOutput();

    /** The client's address. */
    String name();
  }

  /** Makes a session for a client that has just connected. */
  interface Factory {
    Session open(Client client);
  }
}
