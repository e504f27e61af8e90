package org.vzrig.boards.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads firmware files. */
public final class ImageReader {
  /** No image of a part with 2 MiB of flash is larger as text or ELF with debugging information. */
  private static final long LIMIT = 256L << 20;

  private ImageReader() {}

  /**
   * Reads an S-record, Intel HEX or ELF file; its beginning tells which.
   *
   * @throws ImageException with everything that is wrong with the file
   */
  public static Image read(Path file) throws ImageException {
    return parse(content(file), file.toString());
  }

  /**
   * Reads bytes without addresses to {@code address}, virtual or physical.
   *
   * @throws ImageException if the file cannot be read or does not fit
   */
  public static Image readBinary(Path file, int address) throws ImageException {
    Origin origin = new Origin(file.toString(), 0);
    return new ImageBuilder().add(address, content(file), origin).build();
  }

  /**
   * The same as {@link #read} of bytes at hand.
   *
   * @param content the whole file
   * @param name what to call it in messages
   */
  public static Image parse(byte[] content, String name) throws ImageException {
    ImageFormat format =
        ImageFormat.ofContent(content)
            .orElseThrow(
                () ->
                    refusal(
                        name,
                        content.length == 0
                            ? "the file is empty"
                            : "expected S-records, Intel HEX or ELF; found neither (a binary file"
                                + " needs an address)"));
    ImageBuilder builder = new ImageBuilder();
    switch (format) {
      case SREC -> SrecReader.read(content, name, builder);
      case HEX -> HexReader.read(content, name, builder);
      default -> ElfReader.read(content, name, builder);
    }
    return builder.build();
  }

  private static byte[] content(Path file) throws ImageException {
    try {
      long size = Files.size(file);
      if (size > LIMIT) {
        throw refusal(
            file.toString(), "expected at most %d bytes, found %d".formatted(LIMIT, size));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw refusal(file.toString(), "no such file");
    } catch (IOException e) {
      throw refusal(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  private static ImageException refusal(String file, String message) {
    return new ImageException(List.of(Problem.at(new Origin(file, 0), message)));
  }
}
