package org.vzrig.emulator.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private final EventQueue queue = new EventQueue();
  private final List<String> fired = new ArrayList<>();

  private Event event(String name) {
    return queue.event(name, () -> fired.add(name));
  }

  @Test
  void equalDeadlinesFireInTheOrderTheyWereScheduled() {
    Event a = event("a");
    Event b = event("b");
    queue.schedule(b, 10);
    queue.schedule(a, 10);
    queue.fireDue(10);
    assertEquals(List.of("b", "a"), fired);
  }

  @Test
  void schedulingAgainMovesAnEventAndCancellingRemovesIt() {
    Event a = event("a");
    Event b = event("b");
    queue.schedule(a, 5);
    queue.schedule(b, 6);
    queue.schedule(a, 7);
    queue.cancel(b);
    assertEquals(7, queue.nextDeadline());
    queue.fireDue(100);
    assertEquals(List.of("a"), fired);
  }

  @Test
  void thousandRandomOperationsKeepTheOrder() {
    Random random = new Random(42);
    List<Long> order = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Event[] self = new Event[1];
      self[0] = queue.event("e" + i, () -> order.add(self[0].deadline()));
      events.add(self[0]);
    }
    for (int i = 0; i < 5000; i++) {
      Event e = events.get(random.nextInt(events.size()));
      if (random.nextInt(4) == 0) {
        queue.cancel(e);
      } else {
        queue.schedule(e, random.nextInt(10_000));
      }
    }
    queue.fireDue(Long.MAX_VALUE - 1);
    assertEquals(order.stream().sorted().toList(), order);
    assertEquals(Long.MAX_VALUE, queue.nextDeadline());
  }

  @Test
  void aNearerHeadIsTold() {
    int[] told = {0};
    queue.onEarlier(() -> told[0]++);
    queue.schedule(event("a"), 10);
    queue.schedule(event("b"), 20);
    queue.schedule(event("c"), 5);
    assertEquals(2, told[0]);
  }
}
