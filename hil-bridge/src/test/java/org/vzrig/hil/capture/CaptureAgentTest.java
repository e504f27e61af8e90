package org.vzrig.hil.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Pin;
import org.vzrig.hil.agent.AgentThread;

class CaptureAgentTest {
  private final CaptureRing ring = new CaptureRing(8);
  private final CaptureAgent agent = new CaptureAgent("capture", ring);
  private final List<String> seen = new ArrayList<>();

  private final CaptureSink sink =
      new CaptureSink() {
        @Override
        public void sent(long cycle, int uart, int value) {
          seen.add(cycle + " U" + uart + " sent " + value);
        }

        @Override
        public void sentBreak(long cycle, int uart) {
          seen.add(cycle + " U" + uart + " break");
        }

        @Override
        public void received(long cycle, int uart, int value) {
          seen.add(cycle + " U" + uart + " received " + value);
        }

        @Override
        public void pin(long cycle, Pin pin, boolean level) {
          seen.add(cycle + " " + pin + " " + level);
        }

        @Override
        public void lost(long cycle, long count) {
          seen.add("lost " + count);
        }

        @Override
        public void close(long cycle) {
          seen.add("closed " + cycle);
        }
      };

  private static CaptureSink full() {
    return new CaptureSink() {
      @Override
      public void sent(long cycle, int uart, int value) throws IOException {
        throw new IOException("No space left on device");
      }
    };
  }

  @Test
  void deliversEverythingInOrder() {
    agent.add("test", sink);
    ring.sent(1, 4, 0x141);
    ring.pin(2, Pin.of("RK15"), true);
    ring.pin(3, Pin.of("RA0"), false);
    ring.received(4, 6, 0xFF);
    ring.sentBreak(5, 1);
    assertEquals(5, agent.step());
    agent.ended(9);
    agent.close();
    assertEquals(
        List.of(
            "1 U4 sent 321",
            "2 RK15 true",
            "3 RA0 false",
            "4 U6 received 255",
            "5 U1 break",
            "closed 9"),
        seen);
  }

  @Test
  void goesOnWithoutASinkThatFails() {
    agent.add("/mnt/full.log", full()).add("test", sink);
    ring.sent(1, 4, 'a');
    ring.sent(2, 4, 'b');
    agent.step();
    assertEquals(2, seen.size());
    assertEquals(
        List.of("/mnt/full.log: recording stopped: No space left on device"), agent.failures());
  }

  @Test
  void tellsSinksWhatWasLost() {
    agent.add("test", sink);
    for (int i = 0; i < 11; i++) {
      ring.sent(i, 4, 'a');
    }
    agent.step();
    assertEquals("lost 3", seen.getLast());
    assertEquals(9, seen.size());
  }

  @Test
  void losesNothingWhereTheProducerWaitsForRoom() {
    agent.add("test", sink);
    try (AgentThread thread = new AgentThread(agent)) {
      for (int i = 0; i < 10_000; i++) {
        thread.awaitRoom(ring.ring());
        ring.sent(i, 4, 'a');
        thread.wake();
      }
    }
    assertEquals(10_001, seen.size());
    assertEquals("closed 9999", seen.getLast());
  }
}
