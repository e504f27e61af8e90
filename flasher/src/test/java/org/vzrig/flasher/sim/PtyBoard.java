package org.vzrig.flasher.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.vzrig.boards.Boards;
import org.vzrig.boards.BootLoaders;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hil.serial.Pty;

/**
 * An emulated WiFire with its boot loader behind a pseudo-terminal, as fast as this computer runs
 * it. The thread that it starts owns the machine.
 */
public final class PtyBoard implements AutoCloseable {
  private static final long SLICE_CYCLES = 20_000;
  private static final int MOST_PENDING = 256;

  private final Pty pty;
  private final ExecutorService thread;
  private volatile boolean closed;

  /** Powers the board. */
  public PtyBoard() throws IOException {
    pty = Pty.open();
    thread = Executors.newSingleThreadExecutor();
    thread.execute(this::run);
  }

  /** What programs open. */
  public String port() {
    return pty.slaveName();
  }

  private void run() {
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(BootLoaders.of(Boards.WIFIRE).orElseThrow());
    byte[] one = new byte[1];
    machine
        .uart(4)
        .onTransmit(
            (cycle, value) -> {
              one[0] = (byte) value;
              try {
                pty.write(one, 0, 1);
              } catch (IOException e) {
                closed = true;
              }
            });
    byte[] buffer = new byte[MOST_PENDING];
    while (!closed) {
      machine.run(SLICE_CYCLES);
      try {
        int room = MOST_PENDING - machine.uart(4).pendingInput();
        int count = room <= 0 ? 0 : pty.read(buffer, 0, room, Duration.ZERO);
        for (int i = 0; i < count; i++) {
          machine.uart(4).receive(buffer[i] & 0xFF);
        }
      } catch (IOException e) {
        closed = true;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.close();
    pty.close();
  }
}
