package org.vzrig.flasher.usb;

import java.io.IOException;
import java.time.Duration;

/** An open USB HID device that talks in reports of 64 bytes. */
public interface HidChannel extends AutoCloseable {
  /** Bytes of a report. */
  int REPORT = 64;

  /** What the user calls the device. */
  String name();

  /** Sends a report; shorter data is padded by the caller. */
  void write(byte[] report) throws IOException;

  /**
   * Waits up to {@code timeout} for a report.
   *
   * @return the report, or an empty array if none came
   */
  byte[] read(Duration timeout) throws IOException;

  /** Releases the device. */
  @Override
  void close();

  /** Finds and opens devices. */
  interface Finder {
    /**
     * Opens a device.
     *
     * @param vendor vendor id
     * @param product product id
     * @param serial serial number, or empty for any
     * @return the device, or null if none is connected
     * @throws IOException if it is there but cannot be opened
     */
    @org.jspecify.annotations.Nullable
    HidChannel open(int vendor, int product, String serial) throws IOException;
  }
}
