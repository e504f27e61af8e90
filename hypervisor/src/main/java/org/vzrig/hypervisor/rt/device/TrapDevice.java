package org.vzrig.hypervisor.rt.device;

import org.vzrig.hypervisor.rt.exit.Access;
import org.vzrig.hypervisor.rt.exit.GuestFault;
import org.vzrig.hypervisor.rt.sched.VmThread;

/**
 * A device that guests reach through trapped accesses ({@code emulator =} in the configuration).
 */
public interface TrapDevice {
  /**
   * The value of a load, zero-extended.
   *
   * @throws GuestFault when the device cannot be read so
   */
  int load(VmThread thread, Access access);

  /**
   * Takes a store of the low {@code access.size()} bytes of {@code value}.
   *
   * @throws GuestFault when the device cannot be written so
   */
  void store(VmThread thread, Access access, int value);
}
