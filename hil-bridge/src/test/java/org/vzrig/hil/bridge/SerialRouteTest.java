package org.vzrig.hil.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.hil.serial.Pty;

/** Serial ports of the host, played by socat and by ptys, and files. */
@EnabledOnOs(OS.LINUX)
class SerialRouteTest {
  @TempDir Path folder;
  private final BridgedUart guest = new BridgedUart();

  /** A port called "port"; what is written to it appears in the peer's output. */
  private Peer plug() throws Exception {
    Peer peer =
        Peer.socat("pty,raw,echo=0,link=" + folder.resolve("port"), "system:'printf hi; cat >&2'");
    guest.until("a port", () -> Files.exists(folder.resolve("port")));
    return peer;
  }

  @Test
  void aPortThatVanishesInABurstIsOpenedAgain() throws Exception {
    byte[] burst = new byte[1 << 16];
    new Random(7).nextBytes(burst);
    try (guest) {
      try (Peer port = plug()) {
        guest.attach("serial:" + folder.resolve("port"));
        guest.send(burst);
        guest.until("the middle of the burst", () -> port.output().length > 1000);
      }
      guest.until("the unplug", () -> guest.route().state().startsWith("waits: "));
      guest.send(burst);
      guest.until("the count", () -> guest.route().lost() >= burst.length);
      Files.deleteIfExists(folder.resolve("port"));
      try (Peer port = plug()) {
        guest.until("the replug", () -> guest.route().state().startsWith("open"));
        guest.send("back".getBytes(StandardCharsets.US_ASCII));
        guest.until("bytes", () -> port.text().endsWith("back"));
        guest.until("input", () -> guest.receivedText().endsWith("hi"));
      }
      RouteStatus route = guest.route();
      guest.until("all counts", () -> counted(guest.route()) == 2L * burst.length + 4);
      assertTrue(route.lost() >= burst.length, route.line());
    }
  }

  private static long counted(RouteStatus route) {
    return route.sent() + route.lost();
  }

  @Test
  void aDriverThatTakesNothingStopsNoMachine() throws Exception {
    try (Pty unread = Pty.open();
        guest) {
      guest.attach("serial:" + unread.slaveName());
      guest.send(new byte[1 << 18]);
      guest.send(new byte[1 << 18]);
      RouteStatus route = guest.route();
      assertTrue(route.lost() >= 1 << 18, route.line());
    }
  }

  @Test
  void theSpeedFollowsTheGuestUnlessItIsFixed() throws Exception {
    try (guest;
        Pty one = Pty.open();
        Pty two = Pty.open()) {
      guest.baud = 0;
      guest.attach("serial:" + one.slaveName());
      guest.attach("serial:" + two.slaveName() + "@19200");
      assertEquals("open, 115200 baud", guest.route().state());
      guest.baud = 9586;
      guest.until("a change", () -> guest.route().state().equals("open, 9600 baud"));
      assertEquals(9600, one.slaveBaud());
      guest.baud = 38_461;
      guest.until("another", () -> guest.route().state().equals("open, 38400 baud"));
      assertEquals(38_400, one.slaveBaud());
      assertEquals(19_200, two.slaveBaud());
    }
  }

  @Test
  void aPortThatDoesNotExistIsAnErrorOrWaitedFor() throws Exception {
    try (guest) {
      RouteSpec spec = RouteSpec.parse("serial:" + folder.resolve("port"));
      IOException e = assertThrows(IOException.class, () -> guest.uart().attach(spec));
      assertTrue(String.valueOf(e.getMessage()).contains("no such device"), e.getMessage());
      guest.uart().attach(spec, true);
      assertTrue(guest.route().state().startsWith("waits: "), guest.route().state());
      try (Peer port = plug()) {
        guest.until("the port", () -> guest.route().state().startsWith("open"));
        assertTrue(port.running());
      }
    }
  }

  @Test
  void aFileGetsEveryByteBehindWhatItHolds() throws Exception {
    Path file = folder.resolve("log");
    Files.writeString(file, "before ");
    try (guest) {
      guest.attach("log:" + file);
      guest.send(new byte[] {'a', 0, -1});
    }
    assertArrayEquals(
        "before a\0\u00ff".getBytes(StandardCharsets.ISO_8859_1), Files.readAllBytes(file));
  }

  @Test
  void aFullDiskLosesBytesThatAreCounted() throws Exception {
    try (guest) {
      guest.attach("log:/dev/full");
      guest.send(new byte[100]);
      guest.until("the count", () -> guest.route().lost() == 100);
      assertTrue(guest.route().line().contains("100 LOST"), guest.route().line());
    }
  }
}
