package org.vzrig.appliance.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vzrig.appliance.VirtualBoard;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import org.vzrig.appliance.compare.Recording.Event;

/** {@code vzrig compare} with a second board behind a bad cable, over real ptys. */
class CableTest {
  private static final long LATE_NANOS = 1_500_000_000;
  private static final long BYTE_NANOS = 86_800;

  @TempDir private static Path folder;
  private static AutoCloseable board = () -> {};

  private static Path link() {
    return folder.resolve("board");
  }

  private static String demo() {
    return VzrigProcess.root().resolve("hypervisor/guests/wifire.config").toString();
  }

  /** It is reset each time when the cable is plugged in. */
  @BeforeAll
  static void startTheBoard() throws IOException {
    board = new VirtualBoard(link(), demo(), "--uart4", "pty:" + link() + ",reset=open");
  }

  @AfterAll
  static void stopTheBoard() throws Exception {
    board.close();
  }

  private static final String BOOT = "Status=0x00400004";
  private static final String TEXT = "DEVID";
  private static final String MARK = "[00:00:01.000] -";
  private static final String BEAT = "[00:00:01.000] --------|\n\r#.";

  /** What the cable does to the byte after a text, and what the comparison calls it. */
  enum Fault {
    NONE("", ""),
    LOST_BYTE(TEXT, "different .*is missing at column"),
    EXTRA_BYTE(TEXT, "different .*is inserted at column"),
    CHANGED_BYTE(TEXT, "different .*' instead of '"),
    LATE_BYTE(MARK, "late "),
    RESET(BEAT, "reset .*the real side was reset"),
    OTHER_SPEED("", "baud mismatch .*230400"),
    CUT(TEXT, "dead line ");

    private final String before;
    private final String name;

    Fault(String before, String name) {
      this.before = before;
      this.name = name;
    }
  }

  /** A cable that carries what the board says from its boot on, with one fault. */
  private static final class BadCable implements Relay.Cable {
    private final Fault fault;
    private final StringBuilder said = new StringBuilder();
    private final List<Event> together = new ArrayList<>();
    private boolean armed;
    private boolean done;

    BadCable(Fault fault) {
      this.fault = fault;
    }

    @Override
    public byte[] carry(byte[] bytes, int count) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        said.append((char) (bytes[i] & 0xFF));
        int boot = said.indexOf(BOOT);
        if (boot >= 0 && said.length() == boot + BOOT.length()) {
          out.writeBytes(BOOT.getBytes(StandardCharsets.US_ASCII));
        } else if (boot >= 0) {
          pass(bytes[i], out);
        }
      }
      return fault == Fault.OTHER_SPEED ? misread(out.toByteArray()) : out.toByteArray();
    }

    private void pass(byte value, ByteArrayOutputStream out) throws IOException {
      boolean victim = armed && !done;
      armed |= !fault.before.isEmpty() && said.indexOf(fault.before) >= 0;
      if (!victim) {
        out.write(value);
        return;
      }
      done = fault != Fault.CUT;
      switch (fault) {
        case EXTRA_BYTE -> out.writeBytes(new byte[] {value, '!'});
        case CHANGED_BYTE -> out.write(value ^ 1);
        case LATE_BYTE -> {
          LockSupport.parkNanos(LATE_NANOS);
          out.write(value);
        }
        case RESET -> reset();
        default -> {}
      }
    }

    /** One more that opens the board's end. */
    private static void reset() throws IOException {
      new FileInputStream(link().toFile()).close();
    }

    /** What comes without pauses is read at half the speed at which it is sent. */
    private byte[] misread(byte[] bytes) {
      for (byte value : bytes) {
        together.add(Event.sent((together.size() + 1) * BYTE_NANOS, value & 0xFF));
      }
      if (bytes.length > 0) {
        return new byte[0];
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Perturbation.misread(together, 2).forEach(event -> out.write(event.value()));
      together.clear();
      return out.toByteArray();
    }
  }

  private static Result through(Relay.Cable cable, String... more) throws IOException {
    try (Relay relay = new Relay(link(), cable)) {
      List<String> arguments =
          new ArrayList<>(
              List.of("compare", "--real=serial:" + relay.name(), "--text-tolerance=500ms"));
      arguments.addAll(List.of(more));
      return VzrigProcess.run(arguments.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultIsFoundAndNamed(Fault fault) throws IOException {
    Result result = through(new BadCable(fault), "--for=4s");
    assertEquals(fault == Fault.NONE ? 0 : 30, result.exit(), result.out() + result.err());
    assertTrue(result.out().matches("(?s).*" + fault.name + ".*"), result.out());
  }
}
