package org.vzrig.appliance.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoweredMachineTest {
  @TempDir private Path directory;

  /** A daemon asks its machine several times a second, for months. */
  @Test
  void whatIsAskedLeavesNothingBehind() throws Exception {
    PoweredMachine machine;
    try (RunningDaemon rig = new RunningDaemon(directory)) {
      machine = rig.daemon().host().running();
      CompletableFuture<?> ended = machine.thread().ended();
      int before = ended.getNumberOfDependents();
      for (int i = 0; i < 50; i++) {
        assertEquals(7, machine.call(() -> 7).join());
      }
      assertEquals(before, ended.getNumberOfDependents());
    }
    assertThrows(CompletionException.class, machine.call(() -> 7)::join);
  }
}
