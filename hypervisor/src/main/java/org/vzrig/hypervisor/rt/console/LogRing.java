package org.vzrig.hypervisor.rt.console;

/**
 * Characters on their way to the console's line.
 *
 * <p>Unread text is never overwritten: what does not fit is dropped and counted. Guests may fill
 * three quarters only, so that root's reports get through when a guest floods the line.
 */
public final class LogRing {
  /** Bytes that fit. */
  public static final int SIZE = 4096;

  /** Bytes that only root may fill. */
  private static final int RESERVE = SIZE / 4;

  private final byte[] bytes = new byte[SIZE];
  private int head;
  private int used;
  private long lost;

  /** Adds a byte if it fits. */
  public void put(int value) {
    if (used == SIZE) {
      lost++;
    } else {
      bytes[(head + used++) % SIZE] = (byte) value;
    }
  }

  /** Whether nothing waits. */
  public boolean isEmpty() {
    return used == 0;
  }

  /** Whether a guest may add a character. */
  public boolean hasRoomForGuests() {
    return used < SIZE - RESERVE;
  }

  /** Takes out the oldest byte, 0 to 255; the ring must not be empty. */
  public int take() {
    int value = bytes[head] & 0xFF;
    head = (head + 1) % SIZE;
    used--;
    return value;
  }

  /** Bytes dropped so far. */
  public long lost() {
    return lost;
  }

  /** Counts a byte that was dropped before it came here. */
  public void drop() {
    lost++;
  }
}
