package org.vzrig.flasher;

/** What a target's protocol can do. */
public enum Operation {
  /** Tell what part it is. */
  PROBE,
  /** Erase the whole chip. */
  ERASE,
  /** Write blocks. */
  PROGRAM,
  /** Compare blocks, by reading or by checksum. */
  VERIFY,
  /** Read any flash address truthfully. */
  READ,
  /** Erase single pages, so that others can be kept. */
  ERASE_PAGE
}
