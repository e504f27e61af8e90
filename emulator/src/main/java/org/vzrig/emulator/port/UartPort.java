package org.vzrig.emulator.port;

/**
 * The far end of a UART's serial line. Owned by the machine thread.
 *
 * <p>Bytes for the chip wait until its receiver is on and routed to the line's pin, then arrive one
 * after the other at the UART's own baud rate.
 */
public interface UartPort {
  /** Told what the chip transmits. */
  @FunctionalInterface
  interface Listener {
    /** The stop bit of {@code value} (8 or 9 bits) has left the chip at {@code cycle}. */
    void byteSent(long cycle, int value);

    /** A break has left the chip at {@code cycle}. */
    default void breakSent(long cycle) {}
  }

  /** Adds a listener. */
  void onTransmit(Listener listener);

  /** Puts {@code value} (8 or 9 bits) behind what is still to arrive at the chip. */
  void receive(int value);

  /** Puts a character with a wrong stop bit behind what is still to arrive. */
  void receiveFramingError(int value);

  /** Puts a character with a wrong parity bit behind what is still to arrive. */
  void receiveParityError(int value);

  /** Puts a break behind what is still to arrive: the chip sees a zero with a framing error. */
  void receiveBreak();

  /** Characters given to {@link #receive} that have not yet arrived at the chip. */
  int pendingInput();

  /** The UART's baud rate now, bits per second; 0 while it is off. */
  long baud();

  /** Characters the chip has lost because its receive buffer was full. */
  long overruns();
}
