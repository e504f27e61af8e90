package org.vzrig.hil.bridge;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.vzrig.hil.serial.JsscLine;

/** A serial port of the host. */
final class SerialWire implements Wire {
  private static final int UNTIL_KNOWN = 115_200;
  private static final int CHUNK = 256;

  private final JsscLine line;
  private final int fixed;
  private volatile String speed;

  private SerialWire(JsscLine line, int fixed) {
    this.line = line;
    this.fixed = fixed;
    speed = line.baud() + " baud";
  }

  /** Opens it at its fixed speed, else at {@code baud}, else at 115200. */
  static SerialWire open(RouteSpec.SerialPortRoute spec, int baud) throws IOException {
    int first = spec.baud() != 0 ? spec.baud() : baud != 0 ? baud : UNTIL_KNOWN;
    return new SerialWire(JsscLine.open(spec.device(), nearest(first)), spec.baud());
  }

  /** A divisor seldom gives a speed exactly, and ports know those of a table alone. */
  static int nearest(int baud) {
    int[] usual = {
      300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 500_000,
      576_000, 921_600, 1_000_000, 1_152_000, 1_500_000, 2_000_000, 2_500_000, 3_000_000
    };
    return Arrays.stream(usual).filter(u -> Math.abs(u - baud) * 25L <= u).findFirst().orElse(baud);
  }

  @Override
  public String where() {
    return line.name();
  }

  @Override
  public String state() {
    return "open, " + speed;
  }

  @Override
  public boolean heard() {
    return true;
  }

  @Override
  public boolean drained() {
    return true; // closing a port waits for what is in its buffer
  }

  /** Small portions, so that a change of speed is not far behind what was sent before it. */
  @Override
  public int take(byte[] bytes, int length) throws IOException {
    int count = Math.min(length, CHUNK);
    line.write(Arrays.copyOf(bytes, count));
    return count;
  }

  @Override
  public int read(byte[] into, Duration timeout) throws IOException {
    return line.read(into, 0, into.length, timeout);
  }

  @Override
  public void baud(int bitsPerSecond) throws IOException {
    int wanted = nearest(bitsPerSecond);
    if (fixed == 0 && bitsPerSecond != 0 && wanted != line.baud()) {
      line.baud(wanted);
      speed = wanted + " baud";
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
