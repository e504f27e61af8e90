package org.vzrig.flasher.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.flasher.usb.HidChannel;

/** A USB device whose firmware is a function from reports to reports. */
public final class SimHid implements HidChannel {
  /** The firmware. */
  @FunctionalInterface
  public interface Firmware {
    /** Takes a report and puts its answers into {@code out}. */
    void report(byte[] report, ArrayDeque<byte[]> out);
  }

  /** Everything that was sent to it. */
  public final List<byte[]> sent = new ArrayList<>();

  private final VirtualTime time;
  private final Firmware firmware;
  private final ArrayDeque<byte[]> out = new ArrayDeque<>();
  private boolean closed;

  /** A device with {@code firmware}. */
  public SimHid(VirtualTime time, Firmware firmware) {
    this.time = time;
    this.firmware = firmware;
  }

  /** Whether it was released. */
  public boolean closed() {
    return closed;
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public void write(byte[] report) throws IOException {
    if (closed || report.length != REPORT) {
      throw new IOException("report of " + report.length);
    }
    sent.add(report.clone());
    firmware.report(report, out);
  }

  @Override
  public byte[] read(Duration timeout) {
    if (out.isEmpty()) {
      time.sleep(timeout.toNanos());
      return new byte[0];
    }
    return out.remove();
  }

  @Override
  public void close() {
    closed = true;
  }
}
