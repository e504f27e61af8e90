package org.vzrig.boards.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads Intel HEX, record types 00 to 05, and verifies length and checksum of every record. */
final class HexReader {
  private final ImageBuilder builder;
  private final String file;
  private int base;
  private boolean segmented;
  private boolean ended;

  private HexReader(String file, ImageBuilder builder) {
    this.file = file;
    this.builder = builder;
  }

  static void read(byte[] content, String file, ImageBuilder builder) {
    HexReader reader = new HexReader(file, builder);
    TextRecords.each(content, file, builder, reader::line);
    if (!reader.ended) {
      builder.problem(
          Problem.at(new Origin(reader.file, 0), "truncated: no end-of-file record (type 01)"));
    }
  }

  private boolean line(String line, Origin origin) {
    byte[] bytes = line.charAt(0) == ':' ? TextRecords.bytes(line, 1) : null;
    if (bytes == null) {
      String found = TextRecords.shown(line);
      builder.problem(
          Problem.at(origin, "expected a colon and pairs of hexadecimal digits, found " + found));
      return true;
    }
    String fault = fault(bytes);
    if (fault != null) {
      boolean data = bytes.length >= 4 && bytes[3] == 0;
      builder.problem(
          data ? Problem.at(origin, base + half(bytes, 1), fault) : Problem.at(origin, fault));
      return true;
    }
    record(bytes, origin);
    return !ended;
  }

  private static @Nullable String fault(byte[] bytes) {
    int length = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
    if (bytes.length != length + 5) {
      return "truncated or too long: the length says %d data bytes, found %d"
          .formatted(length, Math.max(bytes.length - 5, 0));
    }
    int sum = 0;
    for (int i = 0; i < bytes.length - 1; i++) {
      sum += bytes[i] & 0xFF;
    }
    int expected = -sum & 0xFF;
    int found = bytes[bytes.length - 1] & 0xFF;
    return expected == found ? null : Checksums.message(expected, found);
  }

  private void record(byte[] bytes, Origin origin) {
    int offset = half(bytes, 1);
    byte[] data = Arrays.copyOfRange(bytes, 4, bytes.length - 1);
    switch (bytes[3]) {
      case 0 -> data(offset, data, origin);
      case 1 -> ended = true;
      case 2 -> {
        segmented = true;
        base = sized(data, 2, origin) ? half(data, 0) << 4 : base;
      }
      case 3 -> start(data, origin, true);
      case 4 -> {
        segmented = false;
        base = sized(data, 2, origin) ? half(data, 0) << 16 : base;
      }
      case 5 -> start(data, origin, false);
      default ->
          builder.problem(
              Problem.at(
                  origin, "expected record type 00 to 05, found %02X".formatted(bytes[3] & 0xFF)));
    }
  }

  /** With a segment base the offset wraps at 64 KiB; with a linear base the sum is plain. */
  private void data(int offset, byte[] data, Origin origin) {
    if (data.length == 0) {
      builder.problem(
          Problem.at(origin, base + offset, "expected data, found a record without any"));
    }
    int room = 0x1_0000 - offset;
    if (segmented && data.length > room) {
      builder.add(base + offset, Arrays.copyOf(data, room), origin);
      builder.add(base, Arrays.copyOfRange(data, room, data.length), origin);
    } else {
      builder.add(base + offset, data, origin);
    }
  }

  private void start(byte[] data, Origin origin, boolean segment) {
    if (sized(data, 4, origin)) {
      int address =
          segment ? (half(data, 0) << 4) + half(data, 2) : half(data, 0) << 16 | half(data, 2);
      builder.entry(address);
    }
  }

  private boolean sized(byte[] data, int expected, Origin origin) {
    if (data.length != expected) {
      builder.problem(
          Problem.at(origin, "expected %d data bytes, found %d".formatted(expected, data.length)));
    }
    return data.length == expected;
  }

  private static int half(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
