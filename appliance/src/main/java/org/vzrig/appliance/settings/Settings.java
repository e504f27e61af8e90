package org.vzrig.appliance.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vzrig.appliance.run.RunOptions;
import org.vzrig.boards.Board;
import org.vzrig.hil.gpio.GpioDriver;
import org.vzrig.hil.gpio.Wiring;

/**
 * What a daemon is to do, checked.
 *
 * @param rig what runs
 * @param serial the routes of UARTs by number, as they were written; absent means none
 * @param gpio what is tied to GPIO lines
 * @param record what is recorded
 * @param real the real board beside the emulated one, in the modes that have one
 * @param control how the daemon is reached
 * @param logLevel what is logged
 */
public record Settings(
    Rig rig,
    Map<Integer, List<String>> serial,
    Gpio gpio,
    Recording record,
    Optional<Real> real,
    Control control,
    LogLevel logLevel) {
  /** What stands behind the console. */
  public enum Mode {
    /** The emulated board. */
    EMULATE,
    /** The real board. */
    MIRROR,
    /** The emulated board, and the real one beside it. */
    BOTH
  }

  /** From which importance on messages are logged. */
  public enum LogLevel {
    /** What failed. */
    ERROR,
    /** And what should not be. */
    WARN,
    /** And what happens. */
    INFO,
    /** And what only helps to find defects. */
    DEBUG
  }

  /**
   * What runs.
   *
   * @param name names it in answers and in the journal
   * @param mode what stands behind the console
   * @param board the emulated board
   * @param run configuration or image; absent where nothing is emulated
   * @param firmware how an image is started
   * @param card what is in the socket for a memory card
   * @param pace how virtual time passes
   * @param start whether the machine runs at once
   */
  public record Rig(
      String name,
      Mode mode,
      Board board,
      Optional<Path> run,
      Firmware firmware,
      Optional<Card> card,
      RunOptions.Pace pace,
      boolean start) {
    /** Whether there is an emulated board. */
    public boolean emulates() {
      return mode != Mode.MIRROR;
    }
  }

  /**
   * How what runs is started, as the options of {@code vzrig run} say it.
   *
   * @param entry address or symbol
   * @param at address of a binary image
   * @param loader image of a boot loader
   */
  public record Firmware(Optional<String> entry, Optional<String> at, Optional<Path> loader) {}

  /**
   * The memory card in the board's socket.
   *
   * @param file its image
   * @param readOnly whether it is write-protected
   */
  public record Card(Path file, boolean readOnly) {}

  /**
   * What is recorded.
   *
   * @param capture the capture file
   * @param serialLog serial traffic as text
   * @param vcd the value change dump
   * @param keep how many older recordings of each stay; 0 keeps all
   */
  public record Recording(
      Optional<Path> capture, Optional<Path> serialLog, Optional<Path> vcd, int keep) {}

  /**
   * What is tied to GPIO lines.
   *
   * @param lines the wires
   * @param mock whether the lines exist in memory alone
   * @param driver how they are reached
   */
  public record Gpio(List<Wiring> lines, boolean mock, GpioDriver driver) {}

  /**
   * The real board.
   *
   * @param port its serial port
   * @param baud its speed in bits per second
   * @param pins lines that its LEDs and pins drive
   * @param buttons lines that press its buttons
   */
  public record Real(String port, int baud, List<Wiring> pins, List<Wiring> buttons) {}

  /**
   * How the daemon is reached.
   *
   * @param socket the Unix socket
   * @param permissions its permissions as of {@code chmod}
   * @param group its group, if not the daemon's own
   */
  public record Control(Path socket, int permissions, Optional<String> group) {}
}
