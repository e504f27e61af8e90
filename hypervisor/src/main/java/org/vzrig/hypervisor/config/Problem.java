package org.vzrig.hypervisor.config;

/**
 * Something wrong with a configuration.
 *
 * @param severity whether the configuration can still be used
 * @param where the place that has to be changed
 * @param message what was expected and what was found
 */
public record Problem(Severity severity, Where where, String message) {
  /** How bad a problem is. */
  public enum Severity {
    /** The configuration cannot be used. */
    ERROR,
    /**
     * tinyVP goes on in silence here; the text has no effect, or not the one that it seems to have.
     */
    WARNING
  }

  /** Whether the configuration cannot be used. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public String toString() {
    return where + ": " + (isError() ? "error: " : "warning: ") + message;
  }
}
