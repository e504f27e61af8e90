package org.vzrig.hil.bridge;

/** What a bridge asks of the machine that its UARTs belong to. */
public interface MachineSide {
  /** Any thread: input waits for {@link SerialBridge#service}. */
  void wake();

  /** Any thread: pulls the board's reset line, for the reason {@code why}. */
  void reset(String why);

  /** Machine thread: {@code value} was put on the line to UART {@code uart}. */
  void received(int uart, int value);
}
