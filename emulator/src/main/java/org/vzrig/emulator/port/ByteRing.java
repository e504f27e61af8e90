package org.vzrig.emulator.port;

/**
 * Carries bytes from one outside thread to the machine thread without locks and without allocation;
 * what does not fit is counted as lost.
 */
public final class ByteRing {
  private final EventRing ring;

  /** Takes what is drained. */
  @FunctionalInterface
  public interface Sink {
    /** The next byte, 0 to 255. */
    void accept(int value);
  }

  /**
   * A ring for {@code capacity} bytes.
   *
   * @param capacity a power of two
   */
  public ByteRing(int capacity) {
    ring = new EventRing(capacity);
  }

  /** Producer: appends the low 8 bits of {@code value}; false, and counted, when it is full. */
  public boolean offer(int value) {
    return ring.offer(0, value & 0xFF);
  }

  /** Consumer: hands over what is there now; returns how many bytes that was. */
  public int drain(Sink sink) {
    return ring.drain((cycle, value) -> sink.accept(value));
  }

  /** Consumer: hands over what is there now, at most {@code limit} bytes; returns how many. */
  public int drain(Sink sink, int limit) {
    return ring.drain((cycle, value) -> sink.accept(value), limit);
  }

  /** Either side: how many bytes wait now. */
  public int size() {
    return ring.size();
  }

  /** How many bytes did not fit. */
  public long lost() {
    return ring.lost();
  }
}
