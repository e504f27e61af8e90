package org.vzrig.flasher.stk500;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.vzrig.flasher.sim.Fuzzing;

/** Whatever answers, the job ends with a result or a clean error and releases the port. */
class StkFuzzTest {
  @FuzzTest
  void anyReplies(byte[] replies) throws IOException {
    Fuzzing.job("stk500:/dev/sim", replies);
  }
}
