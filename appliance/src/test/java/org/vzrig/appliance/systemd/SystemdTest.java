package org.vzrig.appliance.systemd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinylog.Level;
import org.vzrig.appliance.log.Message;

class SystemdTest {
  @TempDir Path directory;

  @Test
  void tellsTheServiceManagerHowItIs() throws Exception {
    String address = directory.resolve("notify").toString();
    try (DatagramReceiver systemd = new DatagramReceiver(address);
        Notifier notifier = new Notifier(Map.of("NOTIFY_SOCKET", address))) {
      notifier.ready("first line\nsecond");
      assertEquals("READY=1\nSTATUS=first line second", systemd.next());
      long before = System.nanoTime() / 1000;
      notifier.reloading();
      String reloading = systemd.next();
      assertTrue(reloading.startsWith("RELOADING=1\nMONOTONIC_USEC="), reloading);
      long told = Long.parseLong(reloading.substring(reloading.lastIndexOf('=') + 1));
      assertTrue(told >= before && told - before < 60_000_000, reloading);
      notifier.alive();
      assertEquals("WATCHDOG=1", systemd.next());
      notifier.stopping("bye");
      assertEquals("STOPPING=1\nSTATUS=bye", systemd.next());
    }
  }

  @Test
  void findsAbstractSockets() throws Exception {
    String address = "@vzrig-test-" + ProcessHandle.current().pid();
    try (DatagramReceiver systemd = new DatagramReceiver(address);
        Notifier notifier = new Notifier(Map.of("NOTIFY_SOCKET", address))) {
      notifier.status("here");
      assertEquals("STATUS=here", systemd.next());
    }
  }

  @Test
  void withoutAManagerNothingIsTold() {
    try (Notifier none = new Notifier(Map.of("WATCHDOG_USEC", "1000"));
        Notifier gone = new Notifier(Map.of("NOTIFY_SOCKET", directory + "/none"))) {
      none.ready("");
      gone.ready("");
      assertEquals(Optional.empty(), none.watchdog());
    }
  }

  @Test
  void onlyTheWatchedProcessHasAWatchdog() {
    String address = directory.resolve("none").toString();
    long pid = ProcessHandle.current().pid();
    Map<String, String> ours =
        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "2000000", "WATCHDOG_PID", "" + pid);
    Map<String, String> other =
        Map.of("NOTIFY_SOCKET", address, "WATCHDOG_USEC", "2000000", "WATCHDOG_PID", "1");
    try (Notifier watched = new Notifier(ours);
        Notifier unwatched = new Notifier(other)) {
      assertEquals(Optional.of(Duration.ofSeconds(2)), watched.watchdog());
      assertEquals(Optional.empty(), unwatched.watchdog());
    }
  }

  @Test
  void theJournalGetsFields() throws Exception {
    String address = directory.resolve("journal").toString();
    try (DatagramReceiver systemd = new DatagramReceiver(address);
        Journal journal = new Journal(address, Map.of("VZRIG_BOARD", "wifire"))) {
      journal.accept(new Message(Instant.EPOCH, Level.ERROR, "guest:2", "stopped"));
      assertEquals(
          """
          VZRIG_BOARD=wifire
          MESSAGE=stopped
          PRIORITY=3
          SYSLOG_IDENTIFIER=vzrig
          VZRIG_GUEST=2
          """,
          systemd.next());
      journal.accept(new Message(Instant.EPOCH, Level.INFO, "uart4", "tcp is open"));
      assertTrue(
          systemd.next().endsWith("PRIORITY=6\nSYSLOG_IDENTIFIER=vzrig\nVZRIG_DEVICE=uart4\n"));
    }
  }

  @Test
  void aJournalWithoutRoomKeepsNobodyWaiting() throws Exception {
    String address = directory.resolve("journal").toString();
    try (DatagramReceiver systemd = new DatagramReceiver(address);
        Journal journal = new Journal(address, Map.of())) {
      String flood = "x".repeat(40_000);
      for (int i = 0; i < 500; i++) {
        journal.accept(new Message(Instant.EPOCH, Level.INFO, null, flood));
      }
      assertTrue(systemd.next().startsWith("MESSAGE=xxx"));
    }
  }

  @Test
  void valuesOfSeveralLinesHaveTheirLengthInFront() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("A", "b");
    fields.put("M", "x\ny");
    assertArrayEquals(
        "A=b\nM\n\3\0\0\0\0\0\0\0x\ny\n".getBytes(StandardCharsets.ISO_8859_1),
        Journal.encoded(fields));
  }
}
