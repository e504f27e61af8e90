package org.vzrig.bench.flash;

import java.io.IOException;
import org.vzrig.boards.Boards;
import org.vzrig.boards.BootLoaders;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.machine.MachineThread;
import org.vzrig.emulator.machine.RealTimePacer;
import org.vzrig.emulator.periph.ResetCause;
import org.vzrig.hil.bridge.MachineSide;
import org.vzrig.hil.bridge.RouteSpec;
import org.vzrig.hil.bridge.SerialBridge;

/** A virtual WiFire with its boot loader, in real time behind a pty. */
final class Board implements AutoCloseable {
  private static final long SLICE_NANOS = 100_000;

  private final SerialBridge bridge = new SerialBridge();
  private final Machine machine = new Machine(Boards.WIFIRE);
  private final CycleTime time = new CycleTime(machine.sysclkHz());
  private final MachineThread thread =
      new MachineThread(machine, new RealTimePacer(time, time.cycles(SLICE_NANOS)));
  private final String port;

  Board() throws IOException {
    machine.load(BootLoaders.of(Boards.WIFIRE).orElseThrow());
    port = bridge.uart(4).attach(RouteSpec.parse("pty")).where();
    bridge.connect(machine::uart, new Outside());
    thread.betweenSlices(() -> bridge.service(false));
    thread.start();
  }

  private final class Outside implements MachineSide {
    @Override
    public void wake() {
      thread.wake();
    }

    @Override
    public void reset(String why) {
      Board.this.reset();
    }

    @Override
    public void received(int uart, int value) {}
  }

  String port() {
    return port;
  }

  /** Presses the reset button; returns when that has happened. */
  void reset() {
    thread
        .call(
            () -> {
              machine.reset(ResetCause.MCLR);
              return true;
            })
        .join();
  }

  /** Virtual time since power-on, seconds. */
  double seconds() {
    return time.nanos(thread.cycles()) / 1e9;
  }

  @Override
  public void close() {
    thread.post(() -> thread.stop("done"));
    if (thread.ended().join() instanceof MachineThread.Ended.Failed(Throwable failure)) {
      throw new IllegalStateException("the machine failed", failure);
    }
    bridge.close();
  }
}
