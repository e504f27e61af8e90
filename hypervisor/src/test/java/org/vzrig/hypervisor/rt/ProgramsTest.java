package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.hypervisor.config.ConfigException;

/** Guests' files and setup words on their way into the machine. */
class ProgramsTest {
  private static final int ENTRY = 0x9FC00000;

  @TempDir Path directory;

  private TestRig rig(String lines) throws Exception {
    Path config = directory.resolve("test.config");
    Files.writeString(
        config,
        """
        .vm
          id = 1
          entry = 0x9fc00000
          .mmap
            rom = 0x1fc00000 0x1000 rx 0x1000
          .
          %s
        .
        """
            .formatted(lines));
    Files.writeString(directory.resolve("device.lib"), "");
    return TestRig.of("wifire", config);
  }

  private String problems(String lines) {
    return String.valueOf(assertThrows(ConfigException.class, () -> rig(lines)).getMessage());
  }

  @Test
  void aFileWithoutFormatBeginsWhereTheFlashBegins() throws Exception {
    Files.write(directory.resolve("guest.bin"), new byte[] {-1, -1, 0, 0x10, 0, 0, 0, 0});
    TestRig rig = rig("binary = guest.bin").until(0.01);
    assertEquals(ENTRY, rig.machine().cpu().pc() & ~7);
    assertEquals(ThreadStatus.State.CURRENT, rig.status(1).state(), rig.text());
  }

  @Test
  void bytesOutsideEveryMemoryOfTheGuestAreRefused() throws Exception {
    new Code(0x9D000000).stop().write(directory, "guest.srec");
    String problems = problems("binary = guest.srec");
    assertTrue(problems.contains("test.config:7: error: "), problems);
    assertTrue(problems.contains("1d000000+8 lies in none of the memories of VM 1"), problems);
  }

  @Test
  void damagedFilesAreNamedWithTheLineThatWantsThem() throws Exception {
    Files.writeString(
        directory.resolve("guest.srec"), "S1130000000000000000000000000000000000FF\n");
    String problems = problems("binary = guest.srec");
    assertTrue(problems.contains("test.config:7: error: "), problems);
    assertTrue(problems.contains("guest.srec:1"), problems);
  }

  @Test
  void setupWordsAreWrittenBeforeGuestsStart() throws Exception {
    new Code(ENTRY).stop().write(directory, "guest.srec");
    TestRig rig = rig("binary = guest.srec\n  setup = 0x1f860930 0x55");
    assertEquals(0x55, rig.machine().bus().read(0x1F860930, 4));
  }

  @Test
  void setupWordsWithoutAddresseeAreReported() throws Exception {
    new Code(ENTRY).stop().write(directory, "guest.srec");
    TestRig rig = rig("binary = guest.srec\n  setup = 0x10000000 0x55").until(0.4);
    assertTrue(rig.text().contains("setup: nothing answers at "), rig.text());
  }
}
