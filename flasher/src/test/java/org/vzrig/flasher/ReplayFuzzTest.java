package org.vzrig.flasher;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vzrig.flasher.sim.Fuzzing;
import org.vzrig.flasher.sim.Replay;
import org.vzrig.flasher.sim.VirtualTime;
import org.vzrig.hil.serial.SerialLine;

/**
 * Whatever a target or an adapter answers, at any point of a session, the job ends with a result or
 * a clean error within its deadline, and everything is released. The seeds are whole sessions with
 * the simulated targets.
 */
class ReplayFuzzTest {
  private static void replay(String device, String wire, byte[] replies) throws IOException {
    VirtualTime time = new VirtualTime();
    List<Replay> opened = new ArrayList<>();
    Replay.Kind kind = device.startsWith("stk500") ? Replay.Kind.ANSWERS : Replay.Kind.STREAM;
    Targets targets =
        new Targets(
            port -> line(() -> add(opened, new Replay(time, replies, kind))),
            (vendor, product, serial) -> add(opened, new Replay(time, replies, Replay.Kind.STREAM)),
            (vendor, product, text, serial) ->
                add(opened, new Replay(time, replies, Replay.Kind.PACKETS)),
            time);
    DeviceName name = device.isEmpty() ? DeviceName.ANY : DeviceName.parse(device);
    Fuzzing.run(
        new FlashJob(
            targets.opener(name, Targets.Settings.pic32prog(115_200, 115_200, wire, 0, false)),
            new FlashJob.Options(Optional.empty(), false, true, true, false, true, 0),
            new Deadline(time, Duration.ofSeconds(60)),
            event -> {}));
    if (!opened.stream().allMatch(Replay::closed)) {
      throw new IllegalStateException("not released");
    }
    if (time.nanos() > Duration.ofSeconds(80).toNanos()) {
      throw new IllegalStateException("the deadline was missed by far");
    }
  }

  private static SerialLine.Opener line(Supplier<SerialLine> opening) {
    return new SerialLine.Opener() {
      @Override
      public String name() {
        return "replay";
      }

      @Override
      public SerialLine open(int bitsPerSecond) {
        return opening.get();
      }
    };
  }

  private static Replay add(List<Replay> opened, Replay replay) {
    opened.add(replay);
    return replay;
  }

  @FuzzTest
  void stk500(byte[] replies) throws IOException {
    replay("stk500:/dev/sim", "", replies);
  }

  @FuzzTest
  void an1388(byte[] replies) throws IOException {
    replay("an1388:/dev/sim", "", replies);
  }

  @FuzzTest
  void an1388Hid(byte[] reports) throws IOException {
    replay("an1388:04d8:003c", "", reports);
  }

  @FuzzTest
  void hidboot(byte[] reports) throws IOException {
    replay("hidboot", "", reports);
  }

  @FuzzTest
  void uhb(byte[] reports) throws IOException {
    replay("uhb", "", reports);
  }

  @FuzzTest
  void ascii(byte[] replies) throws IOException {
    replay("ascii:/dev/sim", "", replies);
  }

  @FuzzTest
  void pickit2(byte[] reports) throws IOException {
    replay("pickit2", "", reports);
  }

  @FuzzTest
  void pickit3(byte[] reports) throws IOException {
    replay("pickit3", "", reports);
  }

  @FuzzTest
  void mpsseJtag(byte[] replies) throws IOException {
    replay("mpsse", "jtag", replies);
  }

  @FuzzTest
  void mpsseIcsp(byte[] replies) throws IOException {
    replay("mpsse", "icsp", replies);
  }

  @FuzzTest
  void anyAdapter(byte[] replies) throws IOException {
    replay("", "", replies);
  }
}
