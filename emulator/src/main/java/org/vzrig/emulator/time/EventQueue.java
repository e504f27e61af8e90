package org.vzrig.emulator.time;

import java.util.Arrays;

/**
 * Events of the machine ordered by (deadline, sequence), so that two runs fire them in the same
 * order.
 *
 * <p>A binary heap whose events know their place in it: scheduling anew and cancelling cost O(log
 * n) and no allocation. Owned by the machine thread.
 */
public final class EventQueue {
  private Event[] heap = new Event[64];
  private int size;
  private long nextSequence;
  private Runnable earlier = () -> {};

  /** Makes an event; {@code name} appears in diagnostics. */
  public Event event(String name, Runnable action) {
    return new Event(name, action);
  }

  /** Sets who is told when the next deadline has moved nearer. */
  public void onEarlier(Runnable listener) {
    earlier = listener;
  }

  /**
   * Schedules {@code event} for {@code deadline} (cycles), replacing an earlier schedule of the
   * same event.
   */
  public void schedule(Event event, long deadline) {
    long head = nextDeadline();
    if (event.pending()) {
      remove(event);
    }
    event.deadline = deadline;
    event.sequence = nextSequence++;
    insert(event);
    if (deadline < head) {
      earlier.run();
    }
  }

  /** Takes {@code event} out; does nothing when it is not pending. */
  public void cancel(Event event) {
    if (event.pending()) {
      remove(event);
    }
  }

  /** The nearest deadline, or {@link Long#MAX_VALUE} when nothing is pending. */
  public long nextDeadline() {
    return size == 0 ? Long.MAX_VALUE : heap[0].deadline;
  }

  /**
   * Fires every event with a deadline at or before {@code now}, in order, those they schedule
   * included.
   */
  public void fireDue(long now) {
    while (size > 0 && heap[0].deadline <= now) {
      Event event = heap[0];
      remove(event);
      event.action.run();
    }
  }

  private void insert(Event event) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    up(size++, event);
  }

  private void remove(Event event) {
    int hole = event.slot;
    event.slot = Event.IDLE;
    Event last = heap[--size];
    if (last != event) {
      if (hole > 0 && last.before(heap[(hole - 1) / 2])) {
        up(hole, last);
      } else {
        down(hole, last);
      }
    }
  }

  private void up(int start, Event event) {
    int slot = start;
    while (slot > 0 && event.before(heap[(slot - 1) / 2])) {
      place(slot, heap[(slot - 1) / 2]);
      slot = (slot - 1) / 2;
    }
    place(slot, event);
  }

  private void down(int start, Event event) {
    int slot = start;
    for (int child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
      if (child + 1 < size && heap[child + 1].before(heap[child])) {
        child++;
      }
      if (!heap[child].before(event)) {
        break;
      }
      place(slot, heap[child]);
      slot = child;
    }
    place(slot, event);
  }

  private void place(int slot, Event event) {
    heap[slot] = event;
    event.slot = slot;
  }
}
