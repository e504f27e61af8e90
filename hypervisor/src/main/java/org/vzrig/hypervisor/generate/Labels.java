package org.vzrig.hypervisor.generate;

/** Makes the names of C objects unique over all generated files. */
final class Labels {
  private int next;

  /** A name of this form, ending in the next number. */
  String next(String prefix) {
    return prefix + next++;
  }
}
