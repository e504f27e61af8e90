package org.vzrig.emulator.bus;

/** The permission groups of the system bus: who may access what. */
public interface AccessControl {
  /** Lets everybody access everything. */
  AccessControl OPEN =
      new AccessControl() {
        @Override
        public boolean allows(Initiator who, int pa, boolean write) {
          return true;
        }

        @Override
        public boolean pageAllows(Initiator who, int pa, boolean write) {
          return true;
        }
      };

  /**
   * Whether {@code who} may read or write at {@code pa}; a refusal is recorded as a violation
   * (error log, interrupt).
   */
  boolean allows(Initiator who, int pa, boolean write);

  /**
   * Whether {@code who} may read or write every byte of the 4 KiB page of {@code pa}; records
   * nothing.
   */
  boolean pageAllows(Initiator who, int pa, boolean write);
}
