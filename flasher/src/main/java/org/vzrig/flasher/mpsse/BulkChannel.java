package org.vzrig.flasher.mpsse;

import java.io.IOException;
import java.time.Duration;

/** An open FTDI device: vendor requests to it, and bytes to and from its engine. */
public interface BulkChannel extends AutoCloseable {
  /**
   * A vendor request without data.
   *
   * @param index 1 for interface A
   */
  void request(int request, int value, int index) throws IOException;

  /** A vendor request that is answered with one byte. */
  int ask(int request, int value, int index) throws IOException;

  /** Sends bytes to the engine. */
  void write(byte[] bytes) throws IOException;

  /**
   * Waits up to {@code timeout} for bytes of the engine, the chip's two status bytes left out.
   *
   * @return the bytes, none if none came
   */
  byte[] read(Duration timeout) throws IOException;

  /** Releases the device. */
  @Override
  void close();

  /** Finds and opens devices. */
  interface Finder {
    /** No device at all. */
    Finder NONE = (vendor, product, productString, serial) -> null;

    /**
     * Opens a device.
     *
     * @param vendor vendor id
     * @param product product id
     * @param productString its product string, or empty for any
     * @param serial serial number, or empty for any
     * @return the device, or null if none is connected
     * @throws IOException if it is there but cannot be opened
     */
    @org.jspecify.annotations.Nullable
    BulkChannel open(int vendor, int product, String productString, String serial)
        throws IOException;
  }
}
