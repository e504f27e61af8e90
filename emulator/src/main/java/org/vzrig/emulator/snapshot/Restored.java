package org.vzrig.emulator.snapshot;

/**
 * An object with fields that a snapshot leaves out ({@code transient}) and that follow from the
 * others.
 */
@FunctionalInterface
public interface Restored {
  /** Every object has its restored state now: works out what was left out. */
  void restored();
}
