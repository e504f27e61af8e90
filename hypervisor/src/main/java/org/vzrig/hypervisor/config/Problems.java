package org.vzrig.hypervisor.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects problems so that all of them are reported at once. Each is kept once. */
public final class Problems {
  private final Set<Problem> all = new LinkedHashSet<>();

  /** Adds an error. */
  public void error(Where where, String message) {
    all.add(new Problem(Problem.Severity.ERROR, where, message));
  }

  /** Adds a warning. */
  public void warn(Where where, String message) {
    all.add(new Problem(Problem.Severity.WARNING, where, message));
  }

  /** Adds problems found elsewhere. */
  public void addAll(List<Problem> problems) {
    all.addAll(problems);
  }

  /** Everything found so far, in the order it was found. */
  public List<Problem> all() {
    return List.copyOf(all);
  }

  /** The warnings found so far. */
  public List<Problem> warnings() {
    return all.stream().filter(p -> !p.isError()).toList();
  }

  /** Whether an error was found. */
  public boolean hasErrors() {
    return all.stream().anyMatch(Problem::isError);
  }

  /**
   * Ends the check.
   *
   * @throws ConfigException with everything found, when there was an error
   */
  public void throwIfErrors() throws ConfigException {
    if (hasErrors()) {
      throw new ConfigException(new ArrayList<>(all));
    }
  }
}
