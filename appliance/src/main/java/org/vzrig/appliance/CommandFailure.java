package org.vzrig.appliance;

import java.util.List;

/**
 * A command cannot go on for a reason that its user can act on: printed as lines, without a stack
 * trace, and turned into an exit code.
 */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ExitCode exit;
  private final transient List<String> lines;

  /** One line for each thing that is wrong. */
  public CommandFailure(ExitCode exit, List<String> lines) {
    super(String.join("\n", lines));
    this.exit = exit;
    this.lines = List.copyOf(lines);
  }

  /** The only thing that is wrong. */
  public CommandFailure(ExitCode exit, String line) {
    this(exit, List.of(line));
  }

  /** How the process ends. */
  public ExitCode exit() {
    return exit;
  }

  /** What is wrong, a line each. */
  public List<String> lines() {
    return lines;
  }
}
