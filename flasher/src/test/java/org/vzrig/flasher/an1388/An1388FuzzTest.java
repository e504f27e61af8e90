package org.vzrig.flasher.an1388;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.vzrig.flasher.sim.Fuzzing;

/** Whatever answers, the job ends with a result or a clean error and releases the port. */
class An1388FuzzTest {
  @FuzzTest
  void anyReplies(byte[] replies) throws IOException {
    Fuzzing.job("an1388:/dev/sim", replies);
  }
}
