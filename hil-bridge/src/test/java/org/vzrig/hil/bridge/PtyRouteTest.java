package org.vzrig.hil.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ptys with socat and Python's serial module at their other end. */
@EnabledOnOs(OS.LINUX)
class PtyRouteTest {
  @TempDir Path folder;
  private final BridgedUart guest = new BridgedUart();

  private Path link() {
    return folder.resolve("uart4");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aBurstOfOneMebibyteArrivesWhole() throws Exception {
    try (guest;
        Peer first = start("pty:" + link());
        Peer second = Peer.socat("-u", guest.attach("pty").where() + ",raw,echo=0", "-")) {
      guest.until("two readers", () -> guest.uart().routes().getLast().state().equals("open"));
      byte[] burst = random(1 << 20);
      guest.send(burst);
      guest.until("the end of the burst", () -> first.output().length == burst.length);
      guest.until("the other end", () -> second.output().length == burst.length);
      assertArrayEquals(burst, first.output());
      assertArrayEquals(burst, second.output());
      assertEquals(0, guest.route().lost());
      assertEquals(burst.length, guest.route().sent());
    }
  }

  private Peer start(String spec) throws Exception {
    guest.attach(spec);
    Peer peer = Peer.socat("-u", link() + ",raw,echo=0", "-");
    guest.until("a reader", () -> guest.route().state().equals("open"));
    return peer;
  }

  @Test
  void aReaderThatStopsLosesBytesThatAreCounted() throws Exception {
    try (guest;
        Peer reader = start("pty:" + link())) {
      reader.stop("STOP");
      byte[] burst = random(3 << 20);
      long began = System.nanoTime();
      guest.send(burst);
      assertTrue(System.nanoTime() - began < 10_000_000_000L, "the machine stood still");
      reader.stop("CONT");
      guest.until("everything", () -> sum(guest.route()) == burst.length);
      RouteStatus route = guest.route();
      assertTrue(route.lost() > 1 << 20, route.line());
      guest.until("the rest", () -> reader.output().length == route.sent());
    }
  }

  private static long sum(RouteStatus route) {
    return route.sent() + route.lost() + route.unheard();
  }

  @Test
  void nobodyIsToldWhatWasSentBeforeItListened() throws Exception {
    try (guest) {
      guest.attach("pty:" + link());
      guest.send(new byte[5000]);
      guest.until("the count", () -> guest.route().unheard() == 5000);
      try (Peer reader = Peer.socat("-u", link() + ",raw,echo=0", "-")) {
        guest.until("a reader", () -> guest.route().state().equals("open"));
        guest.send(new byte[] {'x'});
        guest.until("a byte", () -> reader.text().equals("x"));
      }
      guest.until("its end", () -> guest.route().state().equals("nobody has it open"));
    }
  }

  @Test
  void pythonTalksBothWays() throws Exception {
    try (guest) {
      guest.attach("pty:" + link());
      String[] lines = {
        "s = serial.Serial(a, 115200, timeout=20)",
        "s.write(bytes(range(256)))",
        "print(s.read(256) == bytes(range(255, -1, -1)))"
      };
      try (Peer python = Peer.pySerial(link().toString(), lines)) {
        guest.until("256 bytes", () -> guest.received.size() == 256);
        byte[] answer = guest.received.toByteArray();
        for (int i = 0; i < 256; i++) {
          assertEquals(i, answer[i] & 0xFF);
          answer[i] = (byte) (255 - i);
        }
        guest.send(answer);
        guest.until("the answer", () -> !python.running());
        assertEquals("True\n", python.text());
      }
      assertEquals(0, guest.resets.get(), "115200 baud are no reset");
    }
  }

  @Test
  void aTouchOf1200BaudResetsAndInputFromBeforeIsForgotten() throws Exception {
    try (guest) {
      guest.attach("pty:" + link());
      guest.pending = 64;
      String[] lines = {
        "s = serial.Serial(a, 115200); s.write(b'old'); s.flush(); input()",
      };
      try (Peer _ = Peer.pySerial(link().toString(), lines)) {
        guest.until("input", () -> guest.route().received() == 3);
      }
      try (Peer _ = Peer.pySerial(link().toString(), "serial.Serial(a, 1200).close()")) {
        guest.until("a reset", () -> guest.resets.get() == 1);
      }
      guest.pending = 0;
      try (Peer _ = Peer.pySerial(link().toString(), "serial.Serial(a, 115200).write(b'new')")) {
        guest.until("input", () -> guest.received.size() >= 3);
      }
      assertEquals("new", guest.receivedText());
      assertEquals(1, guest.resets.get());
    }
  }

  @Test
  void openingResetsWhereThatIsWanted() throws Exception {
    try (guest) {
      guest.attach("pty:" + link() + ",reset=open");
      for (int i = 1; i <= 2; i++) {
        int count = i;
        try (Peer _ = Peer.pySerial(link().toString(), "serial.Serial(a, 9600).write(b'!')")) {
          guest.until("a reset", () -> guest.resets.get() == count);
          guest.until("input", () -> guest.received.size() == count);
        }
      }
    }
  }

  @Test
  void theLinkIsThereAsLongAsTheRoute() throws Exception {
    try (guest) {
      Files.createSymbolicLink(link(), Path.of("/dev/pts/99999"));
      RouteStatus route = guest.attach("pty:" + link());
      assertEquals(Path.of(route.where()), Files.readSymbolicLink(link()));
      assertTrue(guest.uart().detach(route.id()));
      assertFalse(guest.uart().detach(route.id()));
      assertFalse(Files.exists(link(), LinkOption.NOFOLLOW_LINKS));
    }
  }

  @Test
  void nothingElseIsReplaced() throws Exception {
    try (guest) {
      Files.writeString(link(), "precious");
      IOException e = assertThrows(IOException.class, () -> guest.attach("pty:" + link()));
      assertTrue(String.valueOf(e.getMessage()).contains("not replaced"), e.getMessage());
      assertEquals("precious", Files.readString(link()));
      Path missing = folder.resolve("no/such/uart4");
      assertThrows(IOException.class, () -> guest.attach("pty:" + missing));
      assertEquals(0, guest.uart().routes().size());
    }
  }
}
