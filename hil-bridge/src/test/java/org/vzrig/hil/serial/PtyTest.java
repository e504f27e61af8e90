package org.vzrig.hil.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class PtyTest {
  private static final Duration LONG = Duration.ofSeconds(5);

  private interface Source {
    int read(byte[] into, int offset, int length, Duration timeout) throws IOException;
  }

  private static byte[] exactly(int count, Source source) throws IOException {
    byte[] bytes = new byte[count];
    int have = 0;
    while (have < count) {
      int read = source.read(bytes, have, count - have, LONG);
      assertTrue(read > 0, "only " + have + " of " + count + " bytes came");
      have += read;
    }
    return bytes;
  }

  @Test
  void everyByteValuePassesBothWays() throws Exception {
    byte[] all = new byte[1024];
    new Random(1).nextBytes(all);
    try (Pty pty = Pty.open();
        SerialLine line = JsscLine.open(pty.slaveName(), 115_200)) {
      for (int round = 0; round < 3; round++) {
        assertEquals(all.length, pty.write(all, 0, all.length));
        assertArrayEquals(all, exactly(all.length, line::read));
        line.write(all);
        assertArrayEquals(all, exactly(all.length, pty::read));
      }
      assertEquals(0, line.read(all, 0, 1, Duration.ofMillis(1)));
      assertEquals(0, pty.read(all, 0, 1, Duration.ofMillis(1)));
    }
  }

  @Test
  void discardedBytesAreGoneAndTheLineOpensAgain() throws Exception {
    try (Pty pty = Pty.open()) {
      try (SerialLine line = JsscLine.open(pty.slaveName(), 115_200)) {
        pty.write(new byte[] {1, 2, 3}, 0, 3);
        exactly(1, line::read);
        line.discard();
        assertEquals(0, line.read(new byte[8], 0, 8, Duration.ofMillis(1)));
        line.baud(57_600);
        assertEquals(57_600, line.baud());
      }
      try (SerialLine line = JsscLine.open(pty.slaveName(), 115_200)) {
        line.write(new byte[] {7});
        assertArrayEquals(new byte[] {7}, exactly(1, pty::read));
      }
    }
  }

  @Test
  void aClosedLineSaysSo() throws Exception {
    try (Pty pty = Pty.open()) {
      SerialLine line = JsscLine.open(pty.slaveName(), 115_200);
      line.close();
      line.close();
      IOException e = assertThrows(IOException.class, () -> line.write(new byte[1]));
      assertEquals(pty.slaveName() + ": closed", e.getMessage());
    }
  }

  @Test
  void aMissingDeviceIsNamed() {
    IOException e = assertThrows(IOException.class, () -> JsscLine.open("/dev/none", 115_200));
    assertEquals("/dev/none: no such device (is the board plugged in?)", e.getMessage());
  }

  @Test
  void theLockFileKeepsOthersOut(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("LCK..ttyX");
    PortLock lock = PortLock.take("/dev/ttyX", directory);
    assertEquals("%10d\n".formatted(ProcessHandle.current().pid()), Files.readString(file));
    IOException e = assertThrows(IOException.class, () -> PortLock.take("/dev/ttyX", directory));
    assertTrue(String.valueOf(e.getMessage()).startsWith("/dev/ttyX: in use by process"));
    lock.release();
    Files.writeString(file, "rubbish");
    PortLock.take("/dev/ttyX", directory).release();
    assertTrue(Files.notExists(file));
  }
}
