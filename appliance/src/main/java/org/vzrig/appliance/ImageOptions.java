package org.vzrig.appliance;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Problem;
import picocli.CommandLine.Option;

/** How a command that takes one image reads it. */
public class ImageOptions {
  /** Address of a binary image. */
  @Option(
      names = "--at",
      paramLabel = "ADDR",
      description = "The image is a binary file for this address, virtual or physical.")
  protected @Nullable String at;

  /** Whether the file can only be a binary image. */
  public boolean binary() {
    return at != null;
  }

  /**
   * Reads {@code file}: what its content says, or a binary image.
   *
   * @throws CommandFailure with everything that is wrong with the option or the file
   */
  public Image read(Path file) throws CommandFailure {
    try {
      return at == null
          ? ImageReader.read(file)
          : ImageReader.readBinary(file, address("--at", "an address such as 9D000000", at));
    } catch (ImageException e) {
      throw refusal(e);
    }
  }

  /** What {@code wrong} tells, as the end of a command. */
  public static CommandFailure refusal(ImageException wrong) {
    return new CommandFailure(
        ExitCode.BAD_IMAGE, wrong.problems().stream().map(Problem::toString).toList());
  }

  /**
   * The address of {@code option}.
   *
   * @param expected what the option takes, for the message
   * @throws CommandFailure when {@code text} is none
   */
  public static int address(String option, String expected, String text) throws CommandFailure {
    return address(text)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "%s: expected %s, found '%s'".formatted(option, expected, text)));
  }

  /** A hexadecimal address, with or without 0x. */
  private static OptionalInt address(String text) {
    try {
      return OptionalInt.of(Integer.parseUnsignedInt(text.replaceFirst("^0[xX]", ""), 16));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
