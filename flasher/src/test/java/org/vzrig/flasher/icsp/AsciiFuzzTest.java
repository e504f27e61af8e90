package org.vzrig.flasher.icsp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.vzrig.flasher.sim.Fuzzing;

/** Whatever answers, the job ends with a result or a clean error and releases the port. */
class AsciiFuzzTest {
  @FuzzTest
  void anyReplies(byte[] replies) throws IOException {
    Fuzzing.job("ascii:/dev/sim", replies);
  }
}
