package org.vzrig.hil.compare;

import java.io.IOException;
import java.nio.file.Path;
import org.vzrig.hil.capture.CaptureReader;
import org.vzrig.hil.capture.CaptureSource;

/**
 * One side of a comparison.
 *
 * @param name what reports call it, such as emulated or real
 * @param opener opens its capture from the beginning, again and again
 * @param side number of the side in that capture
 */
public record Input(String name, Opener opener, int side) {
  /** Opens a capture. */
  @FunctionalInterface
  public interface Opener {
    /** Opens it from its beginning. */
    CaptureSource open() throws IOException;
  }

  /** Side {@code side} of a capture file. */
  public static Input of(String name, Path file, int side) {
    return new Input(name, () -> CaptureReader.open(file), side);
  }
}
