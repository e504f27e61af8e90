package org.vzrig.boards.image;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/**
 * Whatever a file holds, reading it gives an image or says what is wrong. JAZZER_FUZZ=1 searches
 * for inputs; otherwise the collected ones are tried.
 */
class ImageFuzzTest {
  @FuzzTest
  void anyBytes(byte[] content) {
    try {
      Image image = ImageReader.parse(content, "fuzz");
      byte[] again = ImageWriter.srec(image, a -> a).getBytes(StandardCharsets.US_ASCII);
      assertTrue(image.size() == 0 || image.sameBytes(ImageReader.parse(again, "again")));
    } catch (ImageException e) {
      assertFalse(e.problems().isEmpty());
    }
  }
}
