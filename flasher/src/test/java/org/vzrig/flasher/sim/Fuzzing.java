package org.vzrig.flasher.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.Targets;

/** Jobs against targets that answer anything. */
public final class Fuzzing {
  private static final int[] CHUNKS = {1, 7, 64};

  private Fuzzing() {}

  /** A job on {@code device} ends within its deadline, and only in the ways that it may. */
  public static void job(String device, byte[] replies) throws IOException {
    for (int chunk : CHUNKS) {
      VirtualTime time = new VirtualTime();
      SimLine line = new SimLine(time, new SimFuzz(replies, chunk), Fault.NONE, false);
      Targets targets = new Targets(port -> line, (v, p, serial) -> null, time);
      Targets.Settings settings =
          new Targets.Settings(
              115_200,
              115_200,
              ResetSequence.parse("none"),
              Duration.ofSeconds(1),
              1,
              Optional.empty(),
              "",
              0,
              false);
      run(
          new FlashJob(
              targets.opener(DeviceName.parse(device), settings),
              FlashJob.Options.DEFAULT,
              new Deadline(time, Duration.ofSeconds(30)),
              event -> {}));
      if (line.inUse()) {
        throw new IllegalStateException("the port was not released");
      }
    }
  }

  /** Programs a small image; any clean error will do. */
  public static void run(FlashJob job) throws IOException {
    Image image = Image.of(0x1D00_1000, new byte[] {1, 2, 3, 4}, new Origin("image", 0));
    try {
      job.program(image);
    } catch (FlashException | ImageException e) {
      // what answers is no target, or no sensible one
    }
  }
}
