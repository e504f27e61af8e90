package org.vzrig.appliance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a command ended, as the number that the shell sees. The README repeats this table. */
public enum ExitCode {
  /** Everything that was asked for happened. */
  OK(0, "done: the time is up, expectations are met, Ctrl-]; compare: the same"),
  /** A defect of vzrig. */
  INTERNAL(1, "internal error: a defect of vzrig; --stack-trace shows where"),
  /** The command line cannot be understood. */
  USAGE(2, "the command line is wrong"),
  /** A configuration file has mistakes. */
  BAD_CONFIG(3, "a configuration has mistakes; each is listed with its file and line"),
  /** A firmware image cannot be used. */
  BAD_IMAGE(4, "a firmware image cannot be read or does not fit the chip"),
  /** An expectation was not met. */
  EXPECTATION(5, "a --expect text did not come, or a --fail text did"),
  /** The host time limit is over. */
  TIMEOUT(6, "--timeout is over"),
  /** A file or device of the host failed. */
  HOST_IO(7, "a file or device of this computer cannot be read or written"),
  /** A daemon refused. */
  REFUSED(8, "ctl: the daemon cannot do that now; doctor: something is wrong"),
  /** Lock step found a difference. */
  DIFFERENCE(9, "--engine lockstep: the engines differ; both states are printed"),
  /** A port cannot be opened. */
  PORT(20, "flash: the port or device cannot be opened"),
  /** No target answers. */
  NO_TARGET(21, "flash: nothing answers as the protocol says"),
  /** An unknown part answers. */
  UNKNOWN_PART(22, "flash: an unknown part answers"),
  /** The target cannot do it. */
  UNSUPPORTED(23, "flash: this target or adapter cannot do that"),
  /** The conversation broke down. */
  PROTOCOL(24, "flash: the conversation broke down, and repeating did not help"),
  /** Flash is wrong. */
  VERIFY(25, "flash: flash does not hold what it should"),
  /** The deadline passed. */
  DEADLINE(26, "flash: --deadline is over"),
  /** Flash is right, but the program may not run. */
  NOT_STARTED(27, "flash: flash holds the image, but it may not have been started"),
  /** Two boards differ. */
  DIFFERENT(30, "compare: the two sides differ"),
  /** Two boards could not be compared. */
  NOT_COMPARED(31, "compare: the two sides could not be compared"),
  /** SIGINT. */
  INTERRUPTED(130, "interrupted by Ctrl-C (SIGINT)"),
  /** SIGTERM. */
  TERMINATED(143, "ended by SIGTERM");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The number, 0 to 255. */
  public int code() {
    return code;
  }

  /** What it tells the caller. */
  public String meaning() {
    return meaning;
  }

  /** The table as picocli shows it in {@code --help}: number to meaning, in order. */
  static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    Arrays.stream(values()).forEach(exit -> table.put("%3d".formatted(exit.code), exit.meaning));
    return table;
  }
}
