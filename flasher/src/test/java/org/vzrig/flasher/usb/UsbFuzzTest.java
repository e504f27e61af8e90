package org.vzrig.flasher.usb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.mpsse.BulkChannel;
import org.vzrig.flasher.sim.Fuzzing;
import org.vzrig.flasher.sim.SimHid;
import org.vzrig.flasher.sim.VirtualTime;

/** Whatever a USB device answers, the job ends with a result or a clean error. */
class UsbFuzzTest {
  private static final UsbTargets.Options OPTIONS =
      new UsbTargets.Options(true, Optional.empty(), false, 0);

  @FuzzTest
  void anyReports(byte[] reports) throws IOException {
    for (String name : new String[] {"hidboot:1:2", "uhb:1:2", "an1388:1:2"}) {
      VirtualTime time = new VirtualTime();
      List<SimHid> opened = new ArrayList<>();
      UsbTargets targets =
          new UsbTargets(
              (vendor, product, serial) -> {
                opened.add(new SimHid(time, answering(reports)));
                return opened.getLast();
              },
              BulkChannel.Finder.NONE);
      DeviceName parsed = DeviceName.parse(name);
      Fuzzing.run(
          new FlashJob(
              (deadline, events) -> targets.open(parsed, deadline, events, OPTIONS),
              FlashJob.Options.DEFAULT,
              new Deadline(time, Duration.ofSeconds(30)),
              event -> {}));
      if (!opened.stream().allMatch(SimHid::closed)) {
        throw new IllegalStateException("the device was not released");
      }
    }
  }

  /** One report after the other, whatever is asked. */
  private static SimHid.Firmware answering(byte[] reports) {
    AtomicInteger at = new AtomicInteger();
    return (report, out) -> {
      int from = at.getAndAdd(HidChannel.REPORT);
      if (from < reports.length) {
        out.add(
            Arrays.copyOfRange(reports, from, Math.min(reports.length, from + HidChannel.REPORT)));
      }
    };
  }
}
