package org.vzrig.hil.capture;

import java.io.IOException;
import java.io.Writer;
import org.vzrig.emulator.machine.CycleTime;

/**
 * Writes serial traffic as text with virtual times, a line for each burst:
 *
 * <pre>
 *      1.000262500 U4 &gt; #
 *      1.500000000 U4 &lt; \x051=
 * </pre>
 *
 * <p>Columns: seconds of the burst's first byte, UART, {@code >} sent or {@code <} received by the
 * chip, text. A burst ends with a line feed (and the carriage returns right behind it), with
 * traffic of another line or direction, with a pause of 20 ms, or after 200 bytes. Bytes other than
 * printable ASCII appear as {@code \n \r \t \\ \xNN}, a break as {@code \B}.
 */
public final class SerialLog implements CaptureSink {
  private static final String HEAD =
      "# vzrig serial log 1: seconds of virtual time, UART, > from or < to the chip, text\n";
  private static final long PAUSE_NANOS = 20_000_000;
  private static final int LONGEST = 200;
  private static final int NO_STREAM = 0;

  private final Writer out;
  private final CycleTime time;
  private int stream = NO_STREAM;
  private long lastNanos;
  private int length;
  private boolean lineEnded;

  /** Writes to {@code out}, which {@link #close} closes. */
  public SerialLog(Writer out, CycleTime time) throws IOException {
    this.out = out;
    this.time = time;
    out.write(HEAD);
  }

  @Override
  public void sent(long cycle, int uart, int value) throws IOException {
    put(cycle, uart, value);
  }

  @Override
  public void sentBreak(long cycle, int uart) throws IOException {
    startBurst(cycle, uart, 'B');
    out.write("\\B");
  }

  @Override
  public void received(long cycle, int uart, int value) throws IOException {
    put(cycle, -uart, value);
  }

  @Override
  public void lost(long cycle, long count) throws IOException {
    endBurst();
    out.write("# " + count + " events lost\n");
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close(long cycle) throws IOException {
    try (out) {
      endBurst();
      out.write("# ended at " + Times.seconds(time.nanos(cycle)).strip() + "\n");
    }
  }

  private void put(long cycle, int from, int value) throws IOException {
    startBurst(cycle, from, value);
    out.write(Times.escaped(value));
    lineEnded |= value == '\n';
    length++;
  }

  /**
   * Goes on with the burst of stream {@code from} (UART number, negative to the chip) or starts it.
   */
  private void startBurst(long cycle, int from, int value) throws IOException {
    long nanos = time.nanos(cycle);
    boolean goesOn =
        from == stream
            && nanos - lastNanos < PAUSE_NANOS
            && length < LONGEST
            && (!lineEnded || value == '\r');
    lastNanos = nanos;
    if (!goesOn) {
      endBurst();
      stream = from;
      out.write(Times.seconds(nanos) + " U" + Math.abs(from) + (from > 0 ? " > " : " < "));
    }
  }

  private void endBurst() throws IOException {
    if (stream != NO_STREAM) {
      out.write('\n');
    }
    stream = NO_STREAM;
    length = 0;
    lineEnded = false;
  }
}
