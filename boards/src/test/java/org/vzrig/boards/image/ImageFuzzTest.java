package org.vzrig.boards.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.vzrig.boards.Boards;

/**
 * Whatever a file holds, reading it gives an image or says what is wrong. JAZZER_FUZZ=1 searches
 * for inputs; otherwise the collected ones are tried.
 */
class ImageFuzzTest {
  private static final int LONGEST_RECORD = 40;
  private static final int MOST_PATCHES = 16;

  private static void check(byte[] content) {
    try {
      Image image = ImageReader.parse(content, "fuzz");
      byte[] again = ImageWriter.srec(image, a -> a).getBytes(StandardCharsets.US_ASCII);
      assertTrue(image.size() == 0 || image.sameBytes(ImageReader.parse(again, "again")));
    } catch (ImageException e) {
      assertFalse(e.problems().isEmpty());
      e.problems().forEach(problem -> assertEquals("fuzz", problem.file()));
      e.problems().forEach(problem -> assertFalse(problem.message().isBlank()));
    }
  }

  @FuzzTest
  void anyBytes(byte[] content) {
    check(content);
  }

  /** Records of S-record files with the right count and checksum, and some without. */
  @FuzzTest
  void sRecords(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder("S0030000FC\n");
    while (data.remainingBytes() > 1) {
      char type = (char) ('0' + data.consumeInt(0, 9));
      byte[] body = data.consumeBytes(data.consumeInt(0, LONGEST_RECORD));
      int sum = body.length + 1;
      StringBuilder line = new StringBuilder("S%c%02X".formatted(type, body.length + 1));
      for (byte b : body) {
        line.append("%02X".formatted(b));
        sum += b & 0xFF;
      }
      line.append("%02X".formatted(~sum & 0xFF));
      text.append(damaged(line.toString(), data)).append('\n');
    }
    check(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Records of Intel HEX files with the right length and checksum, and some without. */
  @FuzzTest
  void hexRecords(FuzzedDataProvider data) {
    StringBuilder text = new StringBuilder();
    while (data.remainingBytes() > 1) {
      int type = data.consumeInt(0, 6);
      int address = data.consumeInt(0, 0xFFFF);
      byte[] body = data.consumeBytes(data.consumeInt(0, LONGEST_RECORD));
      int sum = body.length + (address >> 8) + address + type;
      StringBuilder line = new StringBuilder(":%02X%04X%02X".formatted(body.length, address, type));
      for (byte b : body) {
        line.append("%02X".formatted(b));
        sum += b & 0xFF;
      }
      line.append("%02X".formatted(-sum & 0xFF));
      text.append(damaged(line.toString(), data)).append('\n');
    }
    text.append(":00000001FF\n");
    check(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One line in eight loses its end, or a character of it becomes another one. */
  private static String damaged(String line, FuzzedDataProvider data) {
    if (data.consumeInt(0, 7) != 0) {
      return line;
    }
    int at = data.consumeInt(0, line.length() - 1);
    char other = (char) data.consumeInt(1, 255);
    return data.consumeBoolean()
        ? line.substring(0, at)
        : line.substring(0, at) + other + line.substring(at + 1);
  }

  /** The boot loader's ELF file with some of its bytes changed, or its end missing. */
  @FuzzTest
  void elfFiles(FuzzedDataProvider data) throws IOException {
    byte[] elf = loader();
    int patches = data.consumeInt(0, MOST_PATCHES);
    for (int i = 0; i < patches; i++) {
      int at = data.consumeBoolean() ? data.consumeInt(0, 255) : data.consumeInt(0, elf.length - 1);
      elf[at] = data.consumeByte();
    }
    check(data.consumeBoolean() ? Arrays.copyOf(elf, data.consumeInt(0, elf.length)) : elf);
  }

  private static byte[] loader() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(Boards.class.getResourceAsStream("wifire-loader.elf"))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      file.transferTo(bytes);
      return bytes.toByteArray();
    }
  }
}
