package org.vzrig.hil.bridge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** TCP and RFC 2217 with socat, plain sockets and Python's serial module at their other end. */
class NetRouteTest {
  private final BridgedUart guest = new BridgedUart();

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(6).nextBytes(bytes);
    return bytes;
  }

  private int attach(String spec) throws IOException {
    String where = guest.attach(spec).where();
    return Integer.parseInt(where.substring(where.lastIndexOf(':') + 1));
  }

  private void untilConnected(int clients) {
    guest.until(
        clients + " clients", () -> guest.route().state().split("127\\.").length == clients + 1);
  }

  @Test
  void severalClientsReadTheSameAndTheirInputIsMerged() throws Exception {
    try (guest) {
      int port = attach("tcp:0");
      try (Peer first = Peer.socat("-u", "tcp:127.0.0.1:" + port, "-");
          Peer second = Peer.socat("tcp:127.0.0.1:" + port, "system:'printf hello; cat >&2'")) {
        untilConnected(2);
        byte[] burst = random(1 << 20);
        guest.send(burst);
        guest.until("the burst", () -> first.output().length == burst.length);
        assertArrayEquals(burst, first.output());
        guest.until("the same", () -> second.output().length == burst.length);
        assertArrayEquals(burst, second.output());
        guest.until("input", () -> guest.received.size() == 5);
        assertEquals("hello", guest.receivedText());
        assertEquals(0, guest.route().lost());
      }
    }
  }

  @Test
  void aClientThatTakesNothingStallsNobody() throws Exception {
    try (guest) {
      int port = attach("tcp:0");
      try (Socket halfOpen = new Socket(InetAddress.getLoopbackAddress(), port);
          Peer reader = Peer.socat("-u", "tcp:127.0.0.1:" + port, "-")) {
        untilConnected(2);
        byte[] burst = random(12 << 20);
        long began = System.nanoTime();
        guest.send(burst);
        assertTrue(System.nanoTime() - began < 20_000_000_000L, "the machine stood still");
        guest.until("the burst", () -> reader.output().length == burst.length);
        assertArrayEquals(burst, reader.output());
        assertTrue(guest.route().lost() > 0, guest.route().line());
        assertTrue(halfOpen.isConnected());
      }
      untilConnected(0);
      guest.until("the end", () -> guest.route().state().equals("nobody is connected"));
    }
  }

  @Test
  void aPortInUseIsAnErrorThatNamesIt() throws Exception {
    try (guest) {
      int port = attach("tcp:0");
      IOException e = assertThrows(IOException.class, () -> attach("rfc2217:" + port));
      assertTrue(String.valueOf(e.getMessage()).contains("127.0.0.1:" + port), e.getMessage());
    }
  }

  @Test
  void pythonFindsAWholeSerialPort() throws Exception {
    try (guest) {
      String[] lines = {
        "s = serial.serial_for_url('rfc2217://127.0.0.1:' + a + '?timeout=20', baudrate=57600,"
            + " timeout=20)",
        "print(s.cts, s.dsr, s.cd, s.ri)",
        "s.baudrate = 115200",
        "s.write(bytes(range(256)) + bytes([255, 255, 13, 0]))",
        "print(s.read(256) == bytes(range(256)))",
        "s.send_break(0.01)",
        "s.rts = False; s.rts = True",
        "s.reset_input_buffer(); s.reset_output_buffer()",
        "s.dtr = False; s.dtr = True",
        "s.write(b'.'); print(s.read(1)); s.close()",
      };
      int port = attach("rfc2217:0");
      try (Peer python = Peer.pySerial(Integer.toString(port), lines)) {
        guest.until("a reset", python.whileRunning(() -> guest.resets.get() == 1));
        guest.until("input", python.whileRunning(() -> guest.received.size() == 260));
        byte[] sent = guest.received.toByteArray();
        for (int i = 0; i < 256; i++) {
          assertEquals(i, sent[i] & 0xFF);
        }
        guest.send(java.util.Arrays.copyOf(sent, 256));
        guest.until("a break", python.whileRunning(() -> guest.breaks == 1));
        guest.until("a reset by DTR", python.whileRunning(() -> guest.resets.get() == 2));
        guest.until("a dot", () -> guest.receivedText().endsWith("."));
        guest.send(new byte[] {'!'});
        guest.until("its end", () -> !python.running());
        assertEquals("True True True False\nTrue\nb'!'\n", python.text());
      }
    }
  }

  @Test
  void whatResetsTheBoardCanBeChosen() throws Exception {
    try (guest) {
      String[] lines = {
        "s = serial.serial_for_url('rfc2217://127.0.0.1:' + a + '?timeout=20', timeout=20)",
        "s.rts = False; s.rts = True; s.dtr = False; s.dtr = True; s.close()",
      };
      int rts = attach("rfc2217:0,reset=rts");
      int none = attach("rfc2217:0,reset=none");
      try (Peer python = Peer.pySerial(Integer.toString(none), lines)) {
        guest.until("its end", () -> !python.running());
        assertEquals("", python.text());
      }
      assertEquals(0, guest.resets.get());
      try (Peer python = Peer.pySerial(Integer.toString(rts), lines)) {
        guest.until("its end", () -> !python.running());
        assertEquals("", python.text());
      }
      assertEquals(2, guest.resets.get());
    }
  }
}
