package org.vzrig.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.hil.serial.Pty;

/** vzrig from its modules, where what nobody requires is not there. */
class ModulesTest {
  @Test
  void aSerialPortIsOpened() throws Exception {
    try (Pty port = Pty.open()) {
      Process process =
          VzrigProcess.modules(
                  "run", "--pace=fast", "--for=100ms", "--uart4", "serial:" + port.slaveName())
              .redirectInput(new File("/dev/null"))
              .start();
      Result run = VzrigProcess.finish(process);
      assertEquals(0, run.exit(), run.err());
      assertTrue(run.err().contains("vzrig: uart4 serial:" + port.slaveName()), run.err());
    }
  }
}
