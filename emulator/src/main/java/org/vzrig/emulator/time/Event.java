package org.vzrig.emulator.time;

/**
 * Something that a device wants to happen at a moment of virtual time.
 *
 * <p>Made once by {@link EventQueue#event} and scheduled again and again, so that the running
 * machine allocates nothing.
 */
public final class Event {
  static final int IDLE = -1;

  final String name;
  final Runnable action;
  long deadline;
  long sequence;
  int slot = IDLE;

  Event(String name, Runnable action) {
    this.name = name;
    this.action = action;
  }

  /** Whether the event waits in its queue. */
  public boolean pending() {
    return slot != IDLE;
  }

  /** The cycle at which it will fire; meaningful while {@link #pending}. */
  public long deadline() {
    return deadline;
  }

  boolean before(Event other) {
    return deadline != other.deadline ? deadline < other.deadline : sequence < other.sequence;
  }

  @Override
  public String toString() {
    return pending() ? name + "@" + deadline : name;
  }
}
