package org.vzrig.boards.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads Motorola S-records, S0 to S9, and verifies count and checksum of every record. */
final class SrecReader {
  private final ImageBuilder builder;
  private int dataRecords;

  private SrecReader(ImageBuilder builder) {
    this.builder = builder;
  }

  static void read(byte[] content, String file, ImageBuilder builder) {
    TextRecords.each(content, file, builder, new SrecReader(builder)::line);
  }

  private boolean line(String line, Origin origin) {
    char type = line.length() > 1 ? line.charAt(1) : '?';
    if (line.charAt(0) != 'S' || type < '0' || type > '9') {
      return refuse(origin, "expected an S-record S0 to S9, found " + TextRecords.shown(line));
    }
    if (type >= '1' && type <= '3') {
      dataRecords++;
    }
    byte[] bytes = TextRecords.bytes(line, 2);
    if (bytes == null) {
      return refuse(
          origin, "expected pairs of hexadecimal digits, found " + TextRecords.shown(line));
    }
    String fault = fault(bytes, addressBytes(type));
    if (fault == null) {
      return record(type, bytes, origin);
    }
    boolean data = type >= '1' && type <= '3' && bytes.length > addressBytes(type);
    builder.problem(
        data
            ? Problem.at(origin, address(bytes, addressBytes(type)), fault)
            : Problem.at(origin, fault));
    return true;
  }

  private static @org.jspecify.annotations.Nullable String fault(byte[] bytes, int addressBytes) {
    if (bytes.length == 0 || (bytes[0] & 0xFF) != bytes.length - 1) {
      int count = bytes.length == 0 ? 0 : bytes[0] & 0xFF;
      return "truncated or too long: the count says %d bytes, found %d"
          .formatted(count, Math.max(bytes.length - 1, 0));
    }
    if (bytes.length < addressBytes + 2) {
      return "expected %d address bytes and a checksum, found %d bytes"
          .formatted(addressBytes, bytes.length - 1);
    }
    int sum = 0;
    for (int i = 0; i < bytes.length - 1; i++) {
      sum += bytes[i] & 0xFF;
    }
    int expected = ~sum & 0xFF;
    int found = bytes[bytes.length - 1] & 0xFF;
    return expected == found ? null : Checksums.message(expected, found);
  }

  private static int addressBytes(char type) {
    return switch (type) {
      case '2', '6', '8' -> 3;
      case '3', '7' -> 4;
      default -> 2;
    };
  }

  private static int address(byte[] bytes, int width) {
    int address = 0;
    for (int i = 1; i <= width; i++) {
      address = address << 8 | bytes[i] & 0xFF;
    }
    return address;
  }

  private boolean record(char type, byte[] bytes, Origin origin) {
    int width = addressBytes(type);
    int address = address(bytes, width);
    byte[] data = Arrays.copyOfRange(bytes, 1 + width, bytes.length - 1);
    switch (type) {
      case '0' -> header(data);
      case '1', '2', '3' -> data(address, data, origin);
      case '5', '6' -> count(address, origin);
      case '7', '8', '9' -> {
        return termination(address, data, origin);
      }
      default -> builder.problem(Problem.at(origin, "S4 is reserved"));
    }
    return true;
  }

  private void header(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1).strip();
    if (!text.isEmpty()) {
      builder.note("header: " + text.replaceAll("[^ -~]", "?"));
    }
  }

  private void data(int address, byte[] data, Origin origin) {
    if (data.length == 0) {
      builder.problem(Problem.at(origin, address, "expected data, found a record without any"));
    }
    builder.add(address, data, origin);
  }

  /** S5 and S6 count the data records before them, which shows lines that got lost. */
  private void count(int expected, Origin origin) {
    if (expected != dataRecords) {
      refuse(origin, "the file says %d data records, found %d".formatted(expected, dataRecords));
    }
  }

  private boolean termination(int address, byte[] data, Origin origin) {
    if (data.length > 0) {
      refuse(
          origin,
          "expected no data in a termination record, found %d bytes".formatted(data.length));
    }
    if (address != 0) {
      builder.entry(address);
    }
    return false;
  }

  private boolean refuse(Origin origin, String message) {
    builder.problem(Problem.at(origin, message));
    return true;
  }
}
