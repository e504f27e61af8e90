package org.vzrig.flasher.sim;

import java.util.Arrays;

/** A target that answers with given bytes, a few for each byte that it receives. */
public final class SimFuzz implements SimTarget {
  private final byte[] replies;
  private final int chunk;
  private int at;

  /** Answers with {@code replies}, {@code chunk} bytes at a time. */
  public SimFuzz(byte[] replies, int chunk) {
    this.replies = replies.clone();
    this.chunk = chunk;
  }

  @Override
  public void receive(int value, Reply reply) {
    if (at < replies.length) {
      int end = Math.min(replies.length, at + chunk);
      reply.send(Arrays.copyOfRange(replies, at, end), 1000);
      at = end;
    }
  }
}
