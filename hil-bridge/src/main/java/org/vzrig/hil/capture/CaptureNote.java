package org.vzrig.hil.capture;

/** What a note in a capture is about. The ordinal is what stands in the file. */
public enum CaptureNote {
  /** The chip was reset; the text says why. */
  RESET,
  /** A UART's speed changed; the text is {@code U4 115200}. */
  BAUD,
  /** Events are missing here; the text begins with their number. */
  LOST,
  /** A port or device was opened, again perhaps. */
  OPENED,
  /** A port or device went away. */
  CLOSED,
  /** Anything else that a reader should know. */
  REMARK
}
