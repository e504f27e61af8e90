package org.vzrig.flasher.sim;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.vzrig.boards.Boards;
import org.vzrig.boards.BootLoaders;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLine;

/**
 * An emulated WiFire with its boot loader, and its UART4 as a serial line. Time is the machine's:
 * waiting runs it.
 */
public final class VirtualBoard implements HostClock, SerialLine.Opener {
  private static final long CYCLE_NANOS = 5;
  private static final long SLICE_CYCLES = 4_000;

  /** The machine. */
  public final Machine machine = new Machine(Boards.WIFIRE);

  private final ArrayDeque<Byte> sent = new ArrayDeque<>();

  /** A board whose program flash is empty. */
  public VirtualBoard() {
    machine.load(BootLoaders.of(Boards.WIFIRE).orElseThrow());
    machine.uart(4).onTransmit((cycle, value) -> sent.add((byte) value));
  }

  @Override
  public long nanos() {
    return machine.cycles() * CYCLE_NANOS;
  }

  @Override
  public void sleep(long nanos) {
    machine.run(Math.max(1, nanos / CYCLE_NANOS));
  }

  @Override
  public String name() {
    return "virtual board";
  }

  /** Opening asserts DTR, which resets the board. */
  @Override
  public SerialLine open(int bitsPerSecond) {
    machine.reset(ResetCause.MCLR);
    sent.clear();
    return new Line(bitsPerSecond);
  }

  /** What the board has sent and nobody has read, as text. */
  public String console() {
    StringBuilder text = new StringBuilder();
    while (!sent.isEmpty()) {
      text.append((char) (sent.poll() & 0xFF));
    }
    return text.toString();
  }

  private final class Line implements SerialLine {
    private int baud;
    private boolean closed;

    Line(int baud) {
      this.baud = baud;
    }

    @Override
    public String name() {
      return "virtual board";
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      if (closed) {
        throw new IOException("virtual board: closed");
      }
      for (byte b : bytes) {
        machine.uart(4).receive(b & 0xFF);
      }
    }

    @Override
    public int read(byte[] into, int offset, int length, Duration timeout) {
      long end = nanos() + timeout.toNanos();
      while (sent.isEmpty() && nanos() < end) {
        machine.run(Math.min(SLICE_CYCLES, Math.max(1, (end - nanos()) / CYCLE_NANOS)));
      }
      int count = 0;
      while (count < length && !sent.isEmpty()) {
        into[offset + count++] = sent.poll();
      }
      return count;
    }

    @Override
    public int baud() {
      return baud;
    }

    @Override
    public void baud(int bitsPerSecond) {
      baud = bitsPerSecond;
    }

    @Override
    public boolean control(boolean dtr, boolean rts) {
      return true;
    }

    @Override
    public void discard() {
      sent.clear();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
