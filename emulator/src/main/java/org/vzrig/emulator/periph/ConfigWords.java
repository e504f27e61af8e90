package org.vzrig.emulator.periph;

/** The configuration words as the chip reads them from its boot flash at reset. */
public interface ConfigWords {
  /** DEVCFG{@code n}, 0 to 3. */
  int devcfg(int n);
}
