package org.vzrig.flasher.icsp;

import java.io.IOException;
import java.util.List;
import org.vzrig.flasher.Mismatch;

/** A way to write and read flash once the core obeys. Addresses are physical. */
interface Programming {
  /** Writes one row. */
  void row(int address, byte[] data) throws IOException;

  /** Writes one unit: a word on the MX, four on MZ and MK, two on the MM. */
  void unit(int address, int... words) throws IOException;

  /** Erases the page that holds {@code address}. */
  void erasePage(int address) throws IOException;

  /** Compares a row. */
  List<Mismatch> verify(int address, byte[] expected) throws IOException;

  /** Reads flash. */
  void read(int address, byte[] into) throws IOException;
}
