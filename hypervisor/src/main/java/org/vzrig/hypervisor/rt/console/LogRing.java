package org.vzrig.hypervisor.rt.console;

/**
 * Characters on their way to the console's line.
 *
 * <p>Unread text is never overwritten: what does not fit is dropped and counted. Guests may fill a
 * part only, so that root's reports get through when a guest floods the line.
 */
public final class LogRing {
  /** Bytes that fit: several reports of faults, with their TLB dumps. */
  public static final int SIZE = 16384;

  /** Bytes up to which guests may fill it, a quarter of a second of the line's time. */
  private static final int GUESTS = 3072;

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
    return used < GUESTS;
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
