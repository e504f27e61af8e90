package org.vzrig.flasher.mpsse;

import java.io.ByteArrayOutputStream;

/** FTDI chips put two bytes of modem status before the data of every USB packet. */
final class FtdiPackets {
  private static final int STATUS_BYTES = 2;

  private FtdiPackets() {}

  /**
   * The data of the first {@code length} bytes of a transfer.
   *
   * @param packetBytes size of a packet: 64, or 512 on high-speed chips
   */
  static byte[] data(byte[] transfer, int length, int packetBytes) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (int at = 0; at < length; at += packetBytes) {
      int end = Math.min(length, at + packetBytes);
      if (end - at > STATUS_BYTES) {
        data.write(transfer, at + STATUS_BYTES, end - at - STATUS_BYTES);
      }
    }
    return data.toByteArray();
  }
}
