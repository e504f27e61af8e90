package org.vzrig.appliance.run;

import java.io.IOException;
import java.io.OutputStream;

/** The console as plain text for files and pipes: lines end with a line feed alone. */
final class PlainScreen implements Screen {
  private final OutputStream out;
  private final int console;

  /** Writes what UART {@code console} sends to {@code out}, which stays open. */
  PlainScreen(OutputStream out, int console) {
    this.out = out;
    this.console = console;
  }

  @Override
  public void sent(long cycle, int uart, int value) throws IOException {
    if (uart == console && value != '\r') {
      out.write(value);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close(long cycle) throws IOException {
    out.flush();
  }
}
