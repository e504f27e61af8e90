package org.vzrig.boards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.testing.RequiredTool;

class BootLoaderRebuildTest {
  @Test
  void theCommittedLoaderIsWhatItsSourcesGive() throws Exception {
    RequiredTool.find("make", "make");
    RequiredTool.find("mipsel-linux-gnu-gcc", "gcc-mipsel-linux-gnu");
    Process make =
        new ProcessBuilder("make", "-s", "-C", "loader", "check").redirectErrorStream(true).start();
    String output = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, make.waitFor(), output);
  }

  @Test
  void theLoaderStandsAtTheResetVectorBelowTheConfigurationWords() {
    Image image = BootLoaders.of(Boards.WIFIRE).get();
    assertEquals(0x1FC0_0000, image.segments().getFirst().address());
    assertTrue(image.segments().getLast().end() <= DevCfg.ALTERNATE_ADDRESS);
    assertTrue(BootLoaders.of(Boards.DM320007).isEmpty());
  }
}
