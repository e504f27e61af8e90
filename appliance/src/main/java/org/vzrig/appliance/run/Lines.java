package org.vzrig.appliance.run;

import org.vzrig.hil.bridge.SerialBridge;

/**
 * Where the serial lines of a run go.
 *
 * @param bridge their routes to the host; the run closes it
 * @param shown number of the UART that the screen shows and the keyboard types to
 */
public record Lines(SerialBridge bridge, int shown) {}
