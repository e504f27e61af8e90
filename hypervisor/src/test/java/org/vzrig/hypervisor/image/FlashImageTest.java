package org.vzrig.hypervisor.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Segment;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.layout.Layouts;

class FlashImageTest {
  private static final Path GUESTS = Path.of("guests");

  @TempDir Path folder;
  private final Problems problems = new Problems();

  private Image build(String config, String board, @Nullable Path root) throws ConfigException {
    Path file = GUESTS.resolve(config);
    return FlashImage.build(
        Layouts.read(file, board), Boards.named(board).orElseThrow(), root, problems);
  }

  private Path root(TinyElf elf) throws IOException {
    return Files.write(folder.resolve("root.elf"), elf.build(0x9D00_1000));
  }

  private static TinyElf tinyRoot() {
    return new TinyElf()
        .section(".text", 0x9D00_1000, 1, 2, 3, 4, 5, 6, 7, 8)
        .section(".eh_frame", 0x9D00_1008, 9, 9, 9, 9)
        .section(".sdata", 0x8007_0000, 0x11, 0x12, 0x13, 0x14)
        .symbol("data_section", 0x9D00_1008);
  }

  @Test
  void guestsJoinTheRootProgram() throws Exception {
    Image image = build("wifire.config", "wifire", root(tinyRoot()));
    assertEquals("", String.join("\n", problems.all().stream().map(Object::toString).toList()));
    assertEquals(OptionalInt.of(0x0403_0201), image.word(0x1D00_1000));
    assertEquals(OptionalInt.of(0x1413_1211), image.word(0x1D00_1008));
    assertEquals(OptionalInt.of(0x9D00_1000), image.entry());
    assertRelocated(image, "polling/polling.elf", 0x1D01_0000 - 0x1FC0_0000);
    assertRelocated(image, "interrupt/interrupt.elf", 0x1D01_1000 - 0x1FC0_0000);
    assertFalse(image.covers(0x1FC0_FFC0), "the loader keeps its configuration words");
  }

  private static void assertRelocated(Image image, String guest, int offset) throws ImageException {
    for (Segment segment : ImageReader.read(GUESTS.resolve(guest)).segments()) {
      byte[] moved = new byte[segment.data().length];
      assertEquals(moved.length, image.read(segment.address() + offset, moved));
      assertTrue(java.util.Arrays.equals(segment.data(), moved), guest);
    }
  }

  @Test
  void boardsWithoutLoaderGetTheirConfigurationWords() throws Exception {
    Image image = build("olimex.config", "olimex-emz64", root(tinyRoot()));
    assertEquals(OptionalInt.of(0xCEFF_FFFF), image.word(0x1FC0_FFC0));
    assertEquals(OptionalInt.of(0xFFFF_F7D3), image.word(0x1FC0_FFCC));
  }

  @Test
  void oneGuestBecomesABareImage() throws Exception {
    Image image = build("hello.config", "wifire", null);
    assertFalse(problems.hasErrors());
    assertRelocated(image, "hello/hello.elf", 0);
    assertEquals(OptionalInt.of(0x86FF_FFFF), image.word(0x1FC0_FFC0));
    assertTrue(image.entry().isPresent());
  }

  private void assertError(String text) {
    assertTrue(
        problems.all().stream().anyMatch(p -> p.isError() && p.message().contains(text)),
        () -> text + " not in " + problems.all());
  }

  @Test
  void twoGuestsNeedARoot() throws Exception {
    Image image = build("wifire.config", "wifire", null);
    assertError("without a root program expected exactly one guest with an image, found 2 guests");
    assertEquals(0, image.size());
  }

  @Test
  void rootInAGuestsFlashIsRefused() throws Exception {
    build("wifire.config", "wifire", root(new TinyElf().section(".text", 0x9D01_0100, 1, 2, 3, 4)));
    assertError("overlaps");
  }

  @Test
  void rootOutsideTheChipIsRefused() throws Exception {
    build("wifire.config", "wifire", root(new TinyElf().section(".text", 0x9D30_0000, 1, 2, 3, 4)));
    assertError("expected an address in the flash of PIC32MZ2048EFG100");
  }

  @Test
  void dataWithoutAPlaceInFlashIsRefused() throws Exception {
    build("wifire.config", "wifire", root(new TinyElf().section(".data", 0x8007_0000, 1, 2, 3, 4)));
    assertError("has data for RAM at 80070000 but no symbol 'data_section'");
  }

  @Test
  void aRootThatIsNoElfFileIsRefused() throws Exception {
    Path root = Files.writeString(folder.resolve("root.elf"), "what?");
    build("wifire.config", "wifire", root);
    assertTrue(problems.hasErrors());
  }
}
