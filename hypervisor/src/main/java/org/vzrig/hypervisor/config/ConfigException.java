package org.vzrig.hypervisor.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with all that is wrong with it. */
public final class ConfigException extends Exception {
  private final transient List<Problem> problems;

  /** The problems hold at least one error. */
  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Errors and warnings in the order they were found. */
  public List<Problem> problems() {
    return problems;
  }
}
