package org.vzrig.flasher;

import java.io.IOException;
import java.time.Duration;
import org.vzrig.hil.serial.SerialLine;

/**
 * A serial line as a channel.
 *
 * @param line the line
 */
public record SerialChannel(SerialLine line) implements ByteChannel {
  @Override
  public void send(byte[] frame) throws IOException {
    try {
      line.write(frame);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public int receive(byte[] into, Duration timeout) throws IOException {
    try {
      return line.read(into, 0, into.length, timeout);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static FlashException gone(IOException e) {
    return new FlashException(FlashException.Reason.PROTOCOL, String.valueOf(e.getMessage()), e);
  }

  @Override
  public void close() {
    line.close();
  }
}
