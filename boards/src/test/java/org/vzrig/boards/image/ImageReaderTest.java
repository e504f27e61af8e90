package org.vzrig.boards.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ImageReaderTest {
  private static Image parse(String text) throws ImageException {
    return ImageReader.parse(text.getBytes(StandardCharsets.ISO_8859_1), "t");
  }

  private static List<String> problems(String text) {
    return assertThrows(ImageException.class, () -> parse(text)).problems().stream()
        .map(Problem::toString)
        .toList();
  }

  @Test
  void readsSRecordsOfAllWidths() throws Exception {
    Image image =
        parse(
            "S00600004844521B\nS1051000AABB85\r\nS205123456CC92\nS3079D000000112228\n"
                + "S5030003F9\nS7059D001000"
                + "4D\n");
    assertEquals(3, image.segments().size());
    assertEquals(0x1000, image.segments().get(0).address());
    assertEquals(0x12_3456, image.segments().get(1).address());
    assertEquals(0x1D00_0000, image.segments().get(2).address());
    assertArrayEquals(new byte[] {0x11, 0x22}, image.segments().get(2).data());
    assertEquals(OptionalInt.of(0x9D00_1000), image.entry());
    assertEquals(List.of("header: HDR"), image.notes());
  }

  @Test
  void tellsEveryBadSRecordWithItsLine() {
    assertEquals(
        List.of(
            "t:1: 00001000: wrong checksum: expected 85, found 86",
            "t:2: 00001000: truncated or too long: the count says 5 bytes, found 4",
            "t:3: expected pairs of hexadecimal digits, found S1051000AXBB85",
            "t:4: S4 is reserved",
            "t:5: expected an S-record S0 to S9, found rubbish",
            "t:6: the file says 2 data records, found 3"),
        problems(
            "S1051000AABB86\nS1051000AABB\nS1051000AXBB85\nS4030000FC\nrubbish\nS5030002FA\n"));
  }

  @Test
  void readsHexUnderSegmentAndLinearBases() throws Exception {
    Image image =
        parse(
            ":020000021000EC\n:02FFFF00AABB9B\n:020000041D00DD\n:0400000001020304F2\n"
                + ":040000059D0010004A\n:00000001FF\nbehind the end");
    assertEquals(3, image.segments().size());
    assertEquals(0x1_0000, image.segments().get(0).address());
    assertEquals(0x1_FFFF, image.segments().get(1).address());
    assertEquals(OptionalInt.of(0x0403_0201), image.word(0x1D00_0000));
    assertEquals(OptionalInt.of(0x9D00_1000), image.entry());
  }

  @Test
  void tellsEveryBadHexRecordWithItsLine() {
    assertEquals(
        List.of(
            "t:1: 00000000: wrong checksum: expected F2, found F3",
            "t:2: 00000000: truncated or too long: the length says 4 data bytes, found 3",
            "t:3: expected record type 00 to 05, found 06",
            "t:4: expected 2 data bytes, found 1",
            "t: truncated: no end-of-file record (type 01)"),
        problems(":0400000001020304F3\n:04000000010203F6\n:00000006FA\n:010000041DDE\n"));
  }

  @Test
  void foldsAllWaysToTheSameWord() throws Exception {
    for (int base : new int[] {0x1FC0_0000, 0x9FC0_0000, 0xBFC0_0000, 0x1FC4_0000, 0xBFC4_0000}) {
      assertEquals(0x1FC0_FFCC, Addresses.physical(base + 0xFFCC));
    }
    assertEquals(0x1FC2_FFCC, Addresses.physical(0xBFC6_FFCC));
    assertEquals(0x1FC5_4020, Addresses.physical(0xBFC5_4020));
    assertEquals(0x1D00_0010, Addresses.physical(0xBD00_0010));
    assertEquals(0xC000_0000, Addresses.physical(0xC000_0000));
  }

  @Test
  void sameBytesTwiceAreOneAndDifferentBytesAreRefused() throws Exception {
    Origin a = new Origin("a", 1);
    Origin b = new Origin("b", 7);
    ImageBuilder same = new ImageBuilder();
    same.add(0x9D00_0000, new byte[] {1, 2, 3, 4}, a).add(0xBD00_0002, new byte[] {3, 4, 5}, b);
    Image image = same.build();
    assertEquals(1, image.segments().size());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, image.segments().getFirst().data());
    assertEquals(b, image.origin(0x1D00_0004).get());
    ImageBuilder different = new ImageBuilder();
    different
        .add(0x9D00_0000, new byte[] {1, 2, 3, 4}, a)
        .add(0xBD00_0002, new byte[] {9, 8, 5}, b);
    ImageException refused = assertThrows(ImageException.class, different::build);
    assertEquals(
        "b:7: 1D000002: overlaps a:1 with different bytes: 03 there, 09 here (2 differ)",
        refused.getMessage());
  }

  @Test
  void aFileOfNothingButMistakesIsReadNoFurther() {
    List<String> problems = problems("S1 no record\n".repeat(100_000));
    assertEquals(101, problems.size());
    assertTrue(problems.getLast().contains(":100: too much is wrong"), problems.getLast());
  }

  @Test
  void emptyAndUnknownFilesAreRefused() {
    assertTrue(problems("").getFirst().contains("the file is empty"));
    assertTrue(problems("hello").getFirst().contains("found neither"));
    assertTrue(problems("\177ELF").getFirst().contains("truncated"));
  }
}
