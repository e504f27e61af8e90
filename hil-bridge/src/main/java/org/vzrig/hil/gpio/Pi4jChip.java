package org.vzrig.hil.gpio;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The one chip that a process can use through Pi4J's provider gpiod. Pi4J keeps it in a variable of
 * the process, gives its lines also to who asks for another chip's, and takes away everybody's when
 * it is closed. So whoever uses it shares it, and the last one closes it.
 */
final class Pi4jChip {
  /** That of this process. */
  static final Pi4jChip OF_PROCESS = new Pi4jChip(Pi4jLines::gpiod);

  private final Opener opener;
  private @Nullable GpioLines lines;
  private String name = "";
  private int users;

  /** Opens a chip through Pi4J. */
  @FunctionalInterface
  interface Opener {
    GpioLines open(GpioChip chip) throws IOException;
  }

  Pi4jChip(Opener opener) {
    this.opener = opener;
  }

  /** Whether nobody uses another chip. */
  synchronized boolean takes(GpioChip chip) {
    return lines == null || name.equals(chip.name());
  }

  /**
   * Lines of {@code chip}; closing them lets others go on.
   *
   * @throws IOException when Pi4J does not work here, or has another chip
   */
  synchronized GpioLines use(GpioChip chip) throws IOException {
    if (!takes(chip)) {
      throw new IOException(
          "Pi4J takes one chip, which is %s; use the driver auto or character".formatted(name));
    }
    GpioLines shared = lines == null ? opener.open(chip) : lines;
    lines = shared;
    name = chip.name();
    users++;
    return new Share(shared);
  }

  private synchronized void leave(GpioLines shared) {
    if (--users == 0) {
      lines = null;
      shared.close();
    }
  }

  /** What one of the users has of it. */
  private final class Share implements GpioLines {
    private final GpioLines shared;
    private boolean closed;

    Share(GpioLines shared) {
      this.shared = shared;
    }

    @Override
    public Output output(Wiring wiring, boolean high) throws IOException {
      return shared.output(wiring, high);
    }

    @Override
    public Input input(Wiring wiring) throws IOException {
      return shared.input(wiring);
    }

    @Override
    public Input watch(LineSpec line) throws IOException {
      return shared.watch(line);
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        leave(shared);
      }
    }
  }
}
