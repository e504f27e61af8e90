package org.vzrig.boards.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.boards.testing.RequiredTool;

/** Random images through every format, and the same through srec_cat. */
class ImagePropertyTest {
  private static final Origin ORIGIN = new Origin("random", 0);
  private static final int[] BASES = {0x1D00_0000, 0x1D00_FFF0, 0x1FC0_0000, 0x1FC2_FF00, 0x100};

  private static Image random(Random random) throws ImageException {
    ImageBuilder builder = new ImageBuilder();
    for (int base : BASES) {
      int address = base;
      for (int i = random.nextInt(5); i > 0; i--) {
        address += random.nextInt(40);
        byte[] data = new byte[1 + random.nextInt(60)];
        random.nextBytes(data);
        builder.add(address, data, ORIGIN);
        address += data.length;
      }
    }
    return builder.build();
  }

  private static Image parse(String text) throws ImageException {
    return ImageReader.parse(text.getBytes(StandardCharsets.US_ASCII), "text");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyFormatGivesTheImageBack(long seed) throws Exception {
    Random random = new Random(seed);
    IntUnaryOperator[] segments = {a -> a, Addresses::kseg0, Addresses::kseg1};
    for (int i = 0; i < 50; i++) {
      Image image = random(random);
      if (image.size() == 0) {
        continue;
      }
      for (IntUnaryOperator addresses : segments) {
        assertTrue(image.sameBytes(parse(ImageWriter.srec(image, addresses))), "seed " + seed);
        assertTrue(image.sameBytes(parse(ImageWriter.hex(image, addresses))), "seed " + seed);
      }
    }
  }

  /** Whatever order and overlap the records come in, the image is what writing them gives. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void overlapsAgreeWithAMap(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Map<Integer, Byte> model = new HashMap<>();
      ImageBuilder builder = new ImageBuilder();
      boolean conflict = false;
      for (int i = 0; i < 8; i++) {
        int address = 0x1D00_0000 + random.nextInt(64);
        byte[] data = new byte[1 + random.nextInt(24)];
        for (int b = 0; b < data.length; b++) {
          // mostly a function of the address, so that most overlaps agree
          data[b] = (byte) (random.nextInt(400) == 0 ? 0x55 : address + b);
          Byte before = model.putIfAbsent(address + b, data[b]);
          conflict |= before != null && before != data[b];
        }
        builder.add(address, data, ORIGIN);
      }
      check(builder, model, conflict, "seed " + seed + " round " + round);
    }
  }

  private static void check(
      ImageBuilder builder, Map<Integer, Byte> model, boolean conflict, String name) {
    try {
      Image image = builder.build();
      assertFalse(conflict, name);
      assertEquals(model.size(), image.size(), name);
      for (Segment segment : image.segments()) {
        for (int i = 0; i < segment.data().length; i++) {
          assertEquals(model.get(segment.address() + i), segment.data()[i], name);
        }
      }
    } catch (ImageException e) {
      assertTrue(conflict, name + ": " + e.getMessage());
    }
  }

  /** One wrong character anywhere never goes unnoticed. */
  @Test
  void aChangedDigitIsAlwaysNoticed() throws Exception {
    Random random = new Random(21);
    for (int i = 0; i < 400; i++) {
      Image image = random(random);
      String text = ImageWriter.srec(image, a -> a);
      int at = random.nextInt(text.length());
      char old = text.charAt(at);
      if (Character.digit(old, 16) < 0 || at > 0 && text.charAt(at - 1) == 'S') {
        continue;
      }
      char wrong = Character.forDigit((Character.digit(old, 16) + 1 + random.nextInt(15)) % 16, 16);
      String broken = text.substring(0, at) + wrong + text.substring(at + 1);
      org.junit.jupiter.api.Assertions.assertThrows(ImageException.class, () -> parse(broken));
    }
  }

  @Test
  void srecCatReadsWhatWeWriteAndWritesWhatWeRead(@TempDir Path directory) throws Exception {
    Path srecCat = RequiredTool.find("srec_cat", "srecord");
    Random random = new Random(31);
    for (int i = 0; i < 12; i++) {
      Image image = random(random);
      if (image.size() == 0) {
        continue;
      }
      Path ours = directory.resolve(i + ".ours");
      Path theirs = directory.resolve(i + ".theirs");
      Files.writeString(ours, ImageWriter.srec(image, Addresses::kseg0));
      run(srecCat, ours + "", "-Motorola", "-o", theirs + "", "-Intel");
      assertTrue(image.sameBytes(ImageReader.read(theirs)), "Intel " + i);
      Files.writeString(ours, ImageWriter.hex(image, Addresses::kseg1));
      run(srecCat, ours + "", "-Intel", "-o", theirs + "", "-Motorola");
      assertTrue(image.sameBytes(ImageReader.read(theirs)), "Motorola " + i);
      run(srecCat, ours + "", "-Intel", "-o", theirs + "", "-Motorola", "-address-length=4");
      assertTrue(image.sameBytes(ImageReader.read(theirs)), "S3 " + i);
    }
  }

  private static void run(Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }
}
