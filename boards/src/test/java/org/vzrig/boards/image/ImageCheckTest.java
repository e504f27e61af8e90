package org.vzrig.boards.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.boards.DevCfg;
import org.vzrig.boards.Loader;

class ImageCheckTest {
  private static final Origin FILE = new Origin("f", 3);

  @Test
  void eachRunOutsideThePartIsOneProblem() {
    byte[] data = new byte[8];
    Image image = Image.of(0x1D1F_FFFC, data, FILE);
    List<Problem> problems =
        ImageCheck.outside(image, a -> a < 0x1D20_0000, "flash of PIC32MZ2048EFG100");
    assertEquals(
        List.of("f:3: 1D200000: expected an address in the flash of PIC32MZ2048EFG100"),
        problems.stream().map(Problem::toString).toList());
  }

  @Test
  void aWordThatRedirectsTheLoaderIsFound() {
    Loader loader = Boards.WIFIRE.loader().get();
    byte[] data = new byte[0x100];
    Image bad = Image.of(0x1D00_0000, data, FILE);
    assertEquals(1, ImageCheck.redirects(bad, loader, 0x1D00_0000).size());
    assertTrue(ImageCheck.redirects(bad, loader, 0x1D00_0100).isEmpty());
    data[0xFB] = (byte) 0x9D;
    assertTrue(
        ImageCheck.redirects(Image.of(0x1D00_0000, data, FILE), loader, 0x1D00_0000).isEmpty());
    assertTrue(ImageCheck.redirects(Image.EMPTY, loader, 0x1D00_0000).isEmpty());
  }

  @Test
  void configurationWordsComeFromAnyAlias() throws Exception {
    ImageBuilder builder = new ImageBuilder();
    builder.add(0xBFC4_FFCC, new byte[] {(byte) 0xD7, (byte) 0xF7, -1, -1}, FILE);
    assertEquals(DevCfg.of(-1, -1, -1, 0xFFFF_F7D7), ImageCheck.devcfg(builder.build()));
  }
}
