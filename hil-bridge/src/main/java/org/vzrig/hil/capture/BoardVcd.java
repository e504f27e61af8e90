package org.vzrig.hil.capture;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vzrig.boards.Board;
import org.vzrig.boards.Button;
import org.vzrig.boards.Led;
import org.vzrig.emulator.machine.CycleTime;

/** Value change dumps of whole boards: LEDs and buttons by name, all ports, all UARTs. */
public final class BoardVcd {
  private static final List<Integer> UARTS = List.of(1, 2, 3, 4, 5, 6);

  private BoardVcd() {}

  /** A dump of what {@code board} does. */
  public static VcdWriter of(Writer out, CycleTime time, Board board, VcdWriter.Levels levels)
      throws IOException {
    List<VcdWriter.Signal> signals = new ArrayList<>();
    for (Led led : board.leds()) {
      signals.add(new VcdWriter.Signal("leds", led.name(), led.pin(), led.activeLow()));
    }
    for (Button button : board.buttons()) {
      signals.add(new VcdWriter.Signal("buttons", button.name(), button.pin(), button.activeLow()));
    }
    return new VcdWriter(out, time, board.name(), signals, UARTS, levels);
  }

  /** A dump of a capture that is played through {@link CaptureReplay}. */
  public static VcdWriter of(Writer out, Board board, CaptureHeader header) throws IOException {
    Set<String> high = Set.copyOf(header.words(CaptureHeader.HIGH));
    return of(out, CaptureReplay.NANOSECONDS, board, pin -> high.contains(pin.toString()));
  }
}
