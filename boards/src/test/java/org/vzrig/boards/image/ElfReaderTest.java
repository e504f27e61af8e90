package org.vzrig.boards.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ElfReaderTest {
  private static final int DATA = 52 + 2 * 32;

  /** Two load segments: code at 9D000000, and data linked at 80000000 and loaded at 9D000004. */
  private static ByteBuffer elf() {
    ByteBuffer elf = ByteBuffer.allocate(DATA + 8).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1}).position(16);
    elf.putShort((short) 2).putShort((short) 8).putInt(1).putInt(0x9D00_1000);
    elf.putInt(52).putInt(0).putInt(0x7000_1000);
    elf.putShort((short) 52).putShort((short) 32).putShort((short) 2);
    elf.position(52);
    segment(elf, DATA, 0x9D00_0000, 0x9D00_0000, 4, 4);
    segment(elf, DATA + 4, 0x8000_0000, 0x9D00_0004, 4, 64);
    elf.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    return elf;
  }

  private static void segment(ByteBuffer elf, int offset, int at, int load, int size, int memory) {
    elf.putInt(1).putInt(offset).putInt(at).putInt(load).putInt(size).putInt(memory);
    elf.putInt(5).putInt(4);
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  private static String refused(Consumer<ByteBuffer> damage) {
    ByteBuffer elf = elf();
    damage.accept(elf);
    return String.valueOf(
        assertThrows(ImageException.class, () -> ImageReader.parse(bytes(elf), "x.elf"))
            .getMessage());
  }

  @Test
  void loadAddressesCount() throws Exception {
    Image image = ImageReader.parse(bytes(elf()), "x.elf");
    assertEquals(1, image.segments().size());
    assertEquals(0x1D00_0000, image.segments().getFirst().address());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, image.segments().getFirst().data());
    assertEquals(OptionalInt.of(0x9D00_1000), image.entry());
  }

  @Test
  void segmentsWithoutContentsAddNothing() throws Exception {
    ByteBuffer elf = elf();
    elf.putInt(52 + 32 + 16, 0);
    assertEquals(4, ImageReader.parse(bytes(elf), "x.elf").size());
  }

  @Test
  void otherTargetsAreRefused() {
    assertEquals(
        "x.elf: expected a 32-bit ELF file, found a 64-bit one", refused(e -> e.put(4, (byte) 2)));
    assertEquals(
        "x.elf: expected a little-endian ELF file, found a big-endian one",
        refused(e -> e.put(5, (byte) 2)));
    assertEquals(
        "x.elf: expected machine MIPS (8), found 40", refused(e -> e.putShort(18, (short) 40)));
    assertEquals(
        "x.elf: expected an executable (type 2), found type 1",
        refused(e -> e.putShort(16, (short) 1)));
    assertEquals(
        "x.elf: expected load segments, found none", refused(e -> e.putInt(52, 0).putInt(84, 0)));
  }

  @Test
  void aTruncatedSegmentIsNamedByItsAddress() {
    assertEquals(
        "x.elf: 9D000004: truncated: the segment's bytes end at 2166, the file at 124",
        refused(e -> e.putInt(52 + 32 + 16, 2046)));
  }

  @Test
  void whatNoSectionHoldsIsPadding() throws Exception {
    ByteBuffer elf = ByteBuffer.allocate(124 + 2 * 40).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(bytes(elf()));
    elf.putInt(32, 124).putShort(46, (short) 40).putShort(48, (short) 2);
    elf.putInt(124 + 44, 1).putInt(124 + 48, 2).putInt(124 + 56, DATA + 1).putInt(124 + 60, 2);
    Image image = ImageReader.parse(bytes(elf), "x.elf");
    assertEquals(0x1D00_0001, image.segments().getFirst().address());
    assertArrayEquals(new byte[] {2, 3}, image.segments().getFirst().data());
    assertEquals(0x1D00_0004, image.segments().getLast().address(), "that one has no sections");
  }

  @Test
  void sectionsOutsideTheFileAreRefusedBeforeTheyAreRead() {
    assertEquals(
        "x.elf: truncated: the section headers end at 4040, the file at 124",
        refused(e -> e.putInt(32, 4000).putShort(46, (short) 40).putShort(48, (short) 1)));
    assertEquals(
        "x.elf: truncated: section 0 ends at 2147483392, the file at 124",
        refused(
            e ->
                e.putInt(32, 60)
                    .putShort(46, (short) 40)
                    .putShort(48, (short) 1)
                    .putInt(60 + 4, 1)
                    .putInt(60 + 16, 0x7FFF_FF00)
                    .putInt(60 + 20, 0)));
  }

  /** Whatever the bytes are, the reader gives an image or says what is wrong. */
  @Test
  void damageNeverEscapes() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = bytes(elf());
      for (int n = random.nextInt(6); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      for (byte[] content : List.of(bytes, cut)) {
        try {
          ImageReader.parse(content, "x.elf");
        } catch (ImageException e) {
          assertEquals("x.elf", e.problems().getFirst().file());
        }
      }
    }
  }
}
