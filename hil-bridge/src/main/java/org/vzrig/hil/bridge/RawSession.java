package org.vzrig.hil.bridge;

import java.io.ByteArrayOutputStream;

/** Bytes as they are. */
record RawSession(Client client) implements Session {
  @Override
  public void received(int value) {
    client.input(value);
  }

  @Override
  public void encode(byte[] bytes, int length, ByteArrayOutputStream out) {
    out.write(bytes, 0, length);
  }
}
