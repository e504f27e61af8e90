package org.vzrig.flasher.usb;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.vzrig.flasher.ByteChannel;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/**
 * Frames of AN1388 in USB reports: one frame a report, the rest of it filled with the end mark.
 *
 * @param device the device
 */
public record HidFrames(HidChannel device) implements ByteChannel {
  private static final byte END = 0x04;

  @Override
  public int capacity() {
    return HidChannel.REPORT;
  }

  @Override
  public void send(byte[] frame) throws IOException {
    if (frame.length > HidChannel.REPORT) {
      throw new FlashException(
          Reason.PROTOCOL,
          "a frame of %d bytes does not fit a report of %d"
              .formatted(frame.length, HidChannel.REPORT));
    }
    byte[] report = new byte[HidChannel.REPORT];
    Arrays.fill(report, END);
    System.arraycopy(frame, 0, report, 0, frame.length);
    device.write(report);
  }

  @Override
  public int receive(byte[] into, Duration timeout) throws IOException {
    byte[] report = device.read(timeout);
    System.arraycopy(report, 0, into, 0, report.length);
    return report.length;
  }

  @Override
  public void close() {
    device.close();
  }
}
