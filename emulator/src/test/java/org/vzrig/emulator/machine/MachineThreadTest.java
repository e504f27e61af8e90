package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.vzrig.emulator.machine.MachineThread.Ended;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MachineThreadTest {
  @Test
  void stopsAtTheVeryCycle() throws Exception {
    FakeWorkload machine = new FakeWorkload(0);
    MachineThread thread = new MachineThread(machine, new FastPacer(100));
    thread.stopAt(350);
    thread.start();
    assertEquals(new Ended.TimeUp(), thread.ended().get());
    assertEquals(List.of(100L, 200L, 300L, 350L), machine.targets);
    assertEquals(350, thread.cycles());
  }

  @Test
  void jumpsOverTimeInWhichTheCpuWaits() throws Exception {
    FakeWorkload machine = new FakeWorkload(1000);
    MachineThread thread = new MachineThread(machine, new FastPacer(100));
    thread.stopAt(2500);
    thread.start();
    thread.ended().get();
    assertEquals(List.of(1000L, 2000L, 2500L), machine.targets);
  }

  @Test
  void runsHooksAfterEverySliceAndOnceMoreAtTheEnd() throws Exception {
    FakeWorkload machine = new FakeWorkload(0);
    MachineThread thread = new MachineThread(machine, new FastPacer(100));
    List<Long> times = new ArrayList<>();
    thread.betweenSlices(() -> times.add(machine.cycles()));
    thread.stopAt(200);
    thread.start();
    thread.ended().get();
    assertEquals(List.of(100L, 200L, 200L), times);
  }

  @Test
  void answersCommandsOnItsOwnThread() throws Exception {
    FakeWorkload machine = new FakeWorkload(0);
    MachineThread thread = new MachineThread(machine, new FastPacer(100));
    var before = thread.call(machine::cycles);
    thread.start();
    assertEquals(0, before.get(), "posted before the first slice");
    assertEquals("machine", thread.call(() -> Thread.currentThread().getName()).get());
    thread.post(() -> thread.stop("enough"));
    thread.post(() -> thread.stop("too late"));
    assertEquals(new Ended.Stopped("enough"), thread.ended().get());
  }

  @Test
  void hasTheFailureOfACommandInItsReply() throws Exception {
    MachineThread thread = new MachineThread(new FakeWorkload(0), new FastPacer(100));
    IllegalArgumentException wrong = new IllegalArgumentException("no such guest");
    var reply =
        thread.call(
            () -> {
              throw wrong;
            });
    thread.start();
    try {
      reply.get();
    } catch (ExecutionException e) {
      assertSame(wrong, e.getCause());
    }
    assertTrue(reply.isCompletedExceptionally());
    thread.post(() -> thread.stop("done"));
    thread.ended().get();
  }

  @Test
  void reportsADefectOfTheMachine() throws Exception {
    FakeWorkload machine = new FakeWorkload(0);
    MachineThread thread = new MachineThread(machine, new FastPacer(100));
    thread.betweenSlices(
        () -> {
          throw new IllegalStateException("broken");
        });
    thread.start();
    Ended.Failed failed = assertInstanceOf(Ended.Failed.class, thread.ended().get());
    assertEquals("broken", failed.failure().getMessage());
  }

  @Test
  void wakesASleepingRealTimeMachine() throws Exception {
    FakeWorkload machine = new FakeWorkload(0x7000_0000_0000L);
    MachineThread thread =
        new MachineThread(machine, new RealTimePacer(new CycleTime(1_000_000), 100));
    thread.start();
    long first = thread.call(machine::cycles).get();
    long second = thread.call(machine::cycles).get();
    assertTrue(second >= first);
    thread.post(() -> thread.stop("done"));
    thread.ended().get();
  }
}
