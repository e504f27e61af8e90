package org.vzrig.appliance.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.bridge.SerialBridge;

/** A virtual WiFire with empty program flash that runs in real time, reached over TCP. */
public final class LiveBoard implements AutoCloseable {
  private static final int PROGRAM_FLASH = 0x1D00_0000;

  private final ByteArrayOutputStream console = new ByteArrayOutputStream();
  private final Machine machine;
  private final RunSession session;
  private final Thread thread;
  private final int port;

  /** Switches it on. */
  public LiveBoard() throws Exception {
    SerialBridge bridge = new SerialBridge();
    String where = bridge.uart(4).attach(RouteSpec.parse("tcp:0")).where();
    port = Integer.parseInt(where.substring(where.lastIndexOf(':') + 1));
    Target target = Targets.of(new FirmwareOptions(), Boards.WIFIRE, Optional.empty());
    machine = target.debug().machine();
    RunOptions options =
        new RunOptions(RunOptions.Pace.REALTIME, null, null, List.of(), null, null, null);
    session = new RunSession(target, options, new PlainScreen(console, 4), new Lines(bridge, 4));
    thread = Thread.ofPlatform().name("board").start(this::run);
  }

  private void run() {
    try {
      session.run();
    } catch (CommandFailure e) {
      throw new IllegalStateException(e);
    }
  }

  /** TCP port of its UART4. */
  public int port() {
    return port;
  }

  /** What it has printed since it was switched on. */
  public String console() {
    return console.toString(StandardCharsets.ISO_8859_1);
  }

  /** Presses its reset button. */
  public void reset() {
    session.reset();
  }

  /** Whether its program flash holds {@code image} and is erased elsewhere. */
  public boolean holds(Image image) {
    byte[] found =
        session.machineThread().call(() -> machine.chip().flash().program().bytes.clone()).join();
    byte[] wanted = new byte[found.length];
    Arrays.fill(wanted, (byte) 0xFF);
    image.read(PROGRAM_FLASH, wanted);
    return Arrays.equals(wanted, found);
  }

  @Override
  public void close() {
    session.leave();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
