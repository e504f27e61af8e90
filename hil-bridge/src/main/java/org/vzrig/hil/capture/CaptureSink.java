package org.vzrig.hil.capture;

import java.io.IOException;
import org.vzrig.boards.Pin;

/**
 * Takes what a machine sends and receives, in the order of virtual time. Cycles are those of SYSCLK
 * since power-on.
 */
public interface CaptureSink {
  /** UART {@code uart} (1 to 6) has sent {@code value}; its stop bit left at {@code cycle}. */
  default void sent(long cycle, int uart, int value) throws IOException {}

  /** UART {@code uart} has sent a break. */
  default void sentBreak(long cycle, int uart) throws IOException {}

  /** {@code value} was put on the line to UART {@code uart}. */
  default void received(long cycle, int uart, int value) throws IOException {}

  /** {@code pin} is high or low from {@code cycle} on. */
  default void pin(long cycle, Pin pin, boolean level) throws IOException {}

  /** Something that readers should know has happened. */
  default void note(long cycle, CaptureNote kind, String text) throws IOException {}

  /** {@code count} events are missing here because the sink was too slow. */
  default void lost(long cycle, long count) throws IOException {}

  /** Nothing more is there now: readers of the file want to see what was written. */
  default void flush() throws IOException {}

  /**
   * Nothing has happened for a moment; returns after how many nanoseconds to be called again at the
   * latest.
   */
  default long idle() throws IOException {
    return Long.MAX_VALUE;
  }

  /** The run has ended at {@code cycle}. */
  default void close(long cycle) throws IOException {}
}
