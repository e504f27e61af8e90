package org.vzrig.flasher.stk500;

import java.time.Duration;
import org.vzrig.flasher.ResetSequence;

/**
 * How to talk to a boot loader.
 *
 * @param baud speed to begin with
 * @param fastBaud speed to ask the loader for afterwards; the same for no change
 * @param reset how to reset the board
 * @param listen how long to look for the loader in one go, before the port is opened again
 * @param opens how often the port is opened before it is given up
 * @param retries how often a command is repeated
 */
public record StkOptions(
    int baud, int fastBaud, ResetSequence reset, Duration listen, int opens, int retries) {}
