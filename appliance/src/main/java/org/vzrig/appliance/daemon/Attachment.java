package org.vzrig.appliance.daemon;

import java.io.IOException;

/**
 * Something of the daemon's that is tied to the machine while there is one: recordings, serial
 * routes, lights. It outlives machines: each power-on makes a new one.
 */
public interface Attachment {
  /**
   * Ties itself to {@code machine}, which does not run yet.
   *
   * @throws IOException when a file or device of the host that it needs fails; the power-on is
   *     given up then
   */
  void attach(PoweredMachine machine) throws IOException;

  /** The machine has ended, its agents have finished. */
  default void detach() {}
}
