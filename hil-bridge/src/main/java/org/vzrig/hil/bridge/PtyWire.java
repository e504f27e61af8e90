package org.vzrig.hil.bridge;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vzrig.hil.bridge.RouteSpec.Reset;
import org.vzrig.hil.serial.LinkFile;
import org.vzrig.hil.serial.Pty;

/**
 * A pseudo-terminal under a stable name. It has no DTR, so a board is reset through it by opening
 * it, or by setting it to 1200 baud.
 */
final class PtyWire implements Wire {
  private static final int TOUCH_BAUD = 1200;

  private final Pty pty;
  private final @Nullable LinkFile link;
  private final Route route;
  private final Reset reset;
  private long opened;
  private int baud;

  private PtyWire(Pty pty, @Nullable LinkFile link, Route route, Reset reset) {
    this.pty = pty;
    this.link = link;
    this.route = route;
    this.reset = reset;
  }

  static PtyWire open(RouteSpec.PtyRoute spec, Route route) throws IOException {
    Pty pty = Pty.open();
    try {
      LinkFile link =
          spec.link().isPresent() ? LinkFile.create(spec.link().get(), pty.slaveName()) : null;
      return new PtyWire(pty, link, route, spec.reset());
    } catch (IOException e) {
      pty.close();
      throw e;
    }
  }

  @Override
  public String where() {
    return pty.slaveName();
  }

  @Override
  public String state() {
    return heard() ? "open" : "nobody has it open";
  }

  @Override
  public boolean heard() {
    return pty.openers() > 0;
  }

  @Override
  public boolean drained() throws IOException {
    return pty.unread() == 0;
  }

  @Override
  public int take(byte[] bytes, int length) throws IOException {
    return pty.write(bytes, 0, length);
  }

  @Override
  public int read(byte[] into, Duration timeout) throws IOException {
    int count = pty.read(into, 0, into.length, timeout);
    lookForReset();
    return count;
  }

  /** Called before the input that was read is passed on, so that this arrives after the reset. */
  private void lookForReset() throws IOException {
    long opens = pty.opens();
    int speed = pty.slaveBaud();
    boolean pulled =
        switch (reset) {
          case OPEN -> opens != opened;
          case TOUCH -> speed == TOUCH_BAUD && baud != TOUCH_BAUD;
          default -> false;
        };
    opened = opens;
    baud = speed;
    if (pulled) {
      route.reset(reset == Reset.OPEN ? "opened" : "set to 1200 baud");
    }
  }

  @Override
  public void baud(int bitsPerSecond) {
    // a pty passes bytes whatever speeds its two sides believe in
  }

  @Override
  public void close() {
    if (link != null) {
      link.remove();
    }
    pty.close();
  }
}
