package org.vzrig.hypervisor.config;

import java.nio.file.Path;
import java.util.List;

/**
 * What the files say, syntax and values checked, nothing placed yet.
 *
 * @param file the main file
 * @param board the board's facts
 * @param vms guests and threads in the order in which tinyVP places them
 * @param warnings what will have no effect
 */
public record Configuration(Path file, BoardFacts board, List<Vm> vms, List<Problem> warnings) {}
