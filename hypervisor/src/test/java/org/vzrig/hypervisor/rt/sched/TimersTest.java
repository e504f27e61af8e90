package org.vzrig.hypervisor.rt.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
  private final List<String> fired = new ArrayList<>();
  private int count;
  private int compare;
  private final Timers timers =
      new Timers(
          new Timers.CompareRegister() {
            @Override
            public int count() {
              return count;
            }

            @Override
            public void compare(int value) {
              compare = value;
            }
          });

  private Timers.Timer timer(String name) {
    return timers.timer(() -> fired.add(name));
  }

  @Test
  void compareIsSetToTheNearest() {
    timers.set(timer("late"), 9000);
    assertEquals(9000, compare);
    timers.set(timer("early"), 500);
    assertEquals(500, compare);
    timers.set(timer("middle"), 700);
    assertEquals(500, compare);
  }

  @Test
  void timersFireInTheirOrder() {
    Timers.Timer b = timer("b");
    timers.set(timer("a"), 200);
    timers.set(b, 300);
    timers.set(timer("c"), 400);
    count = 310;
    timers.fire();
    assertEquals(List.of("a", "b"), fired);
    assertEquals(310 + 100, compare, "never nearer than 100 counts");
  }

  @Test
  void aTimerSetAgainForgetsItsOldTime() {
    Timers.Timer a = timer("a");
    timers.set(a, 200);
    timers.set(a, 5000);
    count = 300;
    timers.fire();
    assertEquals(List.of(), fired);
    assertEquals(5000, compare);
  }

  @Test
  void cancelledTimersDoNotFire() {
    Timers.Timer a = timer("a");
    timers.set(a, 200);
    timers.cancel(a);
    count = 300;
    timers.fire();
    assertEquals(List.of(), fired);
  }

  @Test
  void timeGoesOnWhenCountWraps() {
    count = -100;
    long before = timers.now();
    count = 100;
    assertEquals(200, timers.now() - before);
  }

  @Test
  void aTimerMaySetItselfAgain() {
    Timers.Timer[] self = new Timers.Timer[1];
    self[0] =
        timers.timer(
            () -> {
              fired.add("tick");
              timers.set(self[0], timers.now() + 1000);
            });
    timers.set(self[0], 1000);
    for (int i = 0; i < 3; i++) {
      count = compare;
      timers.fire();
    }
    assertEquals(List.of("tick", "tick", "tick"), fired);
    assertEquals(4000, compare);
  }
}
