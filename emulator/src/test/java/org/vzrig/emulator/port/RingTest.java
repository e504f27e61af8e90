package org.vzrig.emulator.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RingTest {
  @Test
  void keepsOrderAcrossWraparound() {
    EventRing ring = new EventRing(4);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 10; i += 2) {
      ring.offer(i, i * 10);
      ring.offer(i + 1, i * 10 + 1);
      assertEquals(2, ring.drain((cycle, value) -> seen.add(cycle + ":" + value)));
    }
    assertEquals(
        List.of("0:0", "1:1", "2:20", "3:21", "4:40", "5:41", "6:60", "7:61", "8:80", "9:81"),
        seen);
  }

  @Test
  void countsWhatDoesNotFit() {
    ByteRing ring = new ByteRing(2);
    assertTrue(ring.offer(1));
    assertTrue(ring.offer(0x1FF));
    assertFalse(ring.offer(3));
    assertFalse(ring.offer(4));
    List<Integer> seen = new ArrayList<>();
    ring.drain(seen::add);
    assertEquals(List.of(1, 0xFF), seen);
    assertEquals(2, ring.lost());
    assertEquals(0, ring.size());
  }

  @Test
  void refusesACapacityThatIsNoPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new EventRing(3));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void carriesAMillionPairsBetweenTwoThreads() throws InterruptedException {
    EventRing ring = new EventRing(1024);
    Doorbell bell = new Doorbell();
    int count = 1_000_000;
    Thread producer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < count; ) {
                    if (ring.size() < ring.capacity() && ring.offer(i, ~i)) {
                      i++;
                    }
                    bell.ring();
                  }
                });
    long[] next = {0};
    while (next[0] < count) {
      ring.drain(
          (cycle, value) -> {
            assertEquals(next[0]++, cycle);
            assertEquals(~(int) cycle, value);
          });
      bell.await(() -> ring.size() > 0, 1_000_000);
    }
    producer.join();
    assertEquals(0, ring.lost());
  }
}
