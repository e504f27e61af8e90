package org.vzrig.boards.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Writes images as S-records, Intel HEX or plain bytes. */
public final class ImageWriter {
  /** Data bytes of a record, as most tools write them. */
  private static final int RECORD_BYTES = 16;

  private ImageWriter() {}

  /**
   * Writes {@code image} to {@code file}.
   *
   * @param addresses turns physical addresses into those to write, such as {@link Addresses#kseg0}
   * @throws ImageException if {@code format} cannot hold the image
   * @throws IOException if the file cannot be written
   */
  public static void write(Image image, Path file, ImageFormat format, IntUnaryOperator addresses)
      throws ImageException, IOException {
    byte[] content =
        switch (format) {
          case SREC -> srec(image, addresses).getBytes(StandardCharsets.US_ASCII);
          case HEX -> hex(image, addresses).getBytes(StandardCharsets.US_ASCII);
          case BINARY -> binary(image, 0xFF);
          case ELF ->
              throw new ImageException(
                  List.of(
                      Problem.at(
                          new Origin(file.toString(), 0),
                          "images are written as srec, hex or bin, not as ELF")));
        };
    Files.write(file, content);
  }

  /** S3 records, an S5 or S6 count and an S7 record with the entry. */
  public static String srec(Image image, IntUnaryOperator addresses) {
    StringBuilder text = new StringBuilder();
    int records = 0;
    for (Segment segment : image.segments()) {
      for (int at = 0; at < segment.data().length; at += RECORD_BYTES) {
        byte[] data = slice(segment, at, RECORD_BYTES);
        srecLine(text, '3', 4, addresses.applyAsInt(segment.address() + at), data);
        records++;
      }
    }
    boolean small = records <= 0xFFFF;
    srecLine(text, small ? '5' : '6', small ? 2 : 3, records, new byte[0]);
    srecLine(text, '7', 4, image.entry().orElse(0), new byte[0]);
    return text.toString();
  }

  private static void srecLine(
      StringBuilder text, char type, int addressBytes, int address, byte[] data) {
    byte[] record = new byte[1 + addressBytes + data.length];
    record[0] = (byte) (addressBytes + data.length + 1);
    for (int i = 0; i < addressBytes; i++) {
      record[1 + i] = (byte) (address >>> 8 * (addressBytes - 1 - i));
    }
    System.arraycopy(data, 0, record, 1 + addressBytes, data.length);
    text.append('S').append(type);
    digits(text, record);
    text.append("%02X".formatted(~sum(record) & 0xFF)).append('\n');
  }

  /** Data records under linear addresses, the entry if there is one, and the end record. */
  public static String hex(Image image, IntUnaryOperator addresses) {
    StringBuilder text = new StringBuilder();
    int upper = 0;
    for (Segment segment : image.segments()) {
      int length;
      for (int at = 0; at < segment.data().length; at += length) {
        int address = addresses.applyAsInt(segment.address() + at);
        if (address >>> 16 != upper) {
          upper = address >>> 16;
          hexLine(text, 4, 0, new byte[] {(byte) (upper >>> 8), (byte) upper});
        }
        length = Math.min(RECORD_BYTES, 0x1_0000 - (address & 0xFFFF));
        byte[] data = slice(segment, at, length);
        length = data.length;
        hexLine(text, 0, address & 0xFFFF, data);
      }
    }
    if (image.entry().isPresent()) {
      hexLine(text, 5, 0, bigEndian(image.entry().getAsInt()));
    }
    hexLine(text, 1, 0, new byte[0]);
    return text.toString();
  }

  private static void hexLine(StringBuilder text, int type, int offset, byte[] data) {
    byte[] record = new byte[4 + data.length];
    record[0] = (byte) data.length;
    record[1] = (byte) (offset >>> 8);
    record[2] = (byte) offset;
    record[3] = (byte) type;
    System.arraycopy(data, 0, record, 4, data.length);
    text.append(':');
    digits(text, record);
    text.append("%02X".formatted(-sum(record) & 0xFF)).append('\n');
  }

  /**
   * All bytes from the lowest to the highest address, gaps filled with {@code fill}.
   *
   * @throws ImageException if the image spans more than 64 MiB
   */
  public static byte[] binary(Image image, int fill) throws ImageException {
    if (image.segments().isEmpty()) {
      return new byte[0];
    }
    Segment first = image.segments().getFirst();
    long span = image.segments().getLast().end() - first.start();
    if (span > 64 << 20) {
      throw new ImageException(
          List.of(
              Problem.at(
                  first.origin(),
                  first.address(),
                  "a binary file would span %d bytes; write srec or hex, or a part of the image"
                      .formatted(span))));
    }
    byte[] bytes = new byte[(int) span];
    Arrays.fill(bytes, (byte) fill);
    image.read(first.address(), bytes);
    return bytes;
  }

  private static byte[] slice(Segment segment, int at, int length) {
    return Arrays.copyOfRange(segment.data(), at, Math.min(at + length, segment.data().length));
  }

  private static byte[] bigEndian(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (byte b : bytes) {
      sum += b & 0xFF;
    }
    return sum;
  }

  private static void digits(StringBuilder text, byte[] bytes) {
    for (byte b : bytes) {
      text.append(Character.forDigit(b >>> 4 & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    int start = text.length() - 2 * bytes.length;
    for (int i = start; i < text.length(); i++) {
      text.setCharAt(i, Character.toUpperCase(text.charAt(i)));
    }
  }
}
