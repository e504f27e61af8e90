package org.vzrig.hil.gpio;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Lines of a host through its character devices, {@code /dev/gpiochipN}: chips by label, edges with
 * the kernel's times, and no two users of a line. What a line does after it was let go of is the
 * chip driver's business; most keep the level.
 */
public final class CharacterLines implements GpioLines {
  private final Path devices;

  /** Lines of the chips in {@code devices}, normally {@link GpioChips#DEVICES}. */
  public CharacterLines(Path devices) {
    this.devices = devices;
  }

  private LineHandle take(LineSpec line, long flags, boolean high) throws IOException {
    GpioChip chip = GpioChips.find(GpioChips.in(devices), line);
    try (ChipDevice device = ChipDevice.open(devices.resolve(chip.name()))) {
      return device.request(line.offset(), flags, high);
    }
  }

  @Override
  public Output output(Wiring wiring, boolean high) throws IOException {
    LineHandle handle = take(wiring.line(), ChipDevice.OUTPUT, high);
    return new Output() {
      @Override
      public void write(boolean level) throws IOException {
        handle.set(level);
      }

      @Override
      public void close() {
        handle.close();
      }
    };
  }

  @Override
  public Input input(Wiring wiring) throws IOException {
    LineHandle handle = take(wiring.line(), ChipDevice.INPUT, false);
    return new PolledInput(handle.get(), handle::get, handle::close);
  }

  @Override
  public Input watch(LineSpec line) throws IOException {
    LineHandle handle = take(line, ChipDevice.INPUT | ChipDevice.EDGES, false);
    return new Input() {
      @Override
      public boolean read() throws IOException {
        return handle.get();
      }

      @Override
      public int edges(EdgeSink sink) throws IOException {
        return handle.edges(sink);
      }

      @Override
      public long lost() {
        return handle.lost();
      }

      @Override
      public void close() {
        handle.close();
      }
    };
  }
}
