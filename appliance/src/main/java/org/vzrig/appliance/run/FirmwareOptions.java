package org.vzrig.appliance.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.ImageOptions;
import picocli.CommandLine.Option;

/** Options of {@code vzrig run} that only make sense for a firmware image. */
public final class FirmwareOptions extends ImageOptions {
  @Option(
      names = "--entry",
      paramLabel = "ADDR|SYMBOL",
      description = {
        "Start the image there at once. Without it an image that fills the reset vector starts from"
            + " reset; one that fills program flash alone is started by the board's boot loader"
            + " after its 2 s, or, where the board has none, at an ELF file's entry, at 9D001000 if"
            + " there is code, or at 9D000000."
      })
  @Nullable String entry;

  @Option(
      names = "--loader",
      paramLabel = "FILE",
      description =
          "Also program this image of a boot loader, and start through it. Alone: a board with"
              + " nothing else in its flash.")
  @Nullable Path loader;

  /** The options with these values; null leaves one out. */
  public static FirmwareOptions of(
      @Nullable String entry, @Nullable String at, @Nullable Path loader) {
    FirmwareOptions options = new FirmwareOptions();
    options.entry = entry;
    options.at = at;
    options.loader = loader;
    return options;
  }

  /** Whether a boot loader was named, and nothing that would need an image. */
  boolean loaderAlone() {
    return loader != null && entry == null && !binary();
  }

  /** Whether the file to run has to be an image. */
  boolean used() {
    return entry != null || binary() || loader != null;
  }
}
