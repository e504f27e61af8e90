package org.vzrig.emulator.snapshot;

/** A snapshot cannot be made, or does not fit what it is restored into; the message says why. */
public final class SnapshotException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says why in {@code message}: what, where, expected and found. */
  public SnapshotException(String message) {
    super(message);
  }
}
