package org.vzrig.appliance.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code vzrig run} that only make sense for a firmware image. */
final class FirmwareOptions {
  @Option(
      names = "--entry",
      paramLabel = "ADDR|SYMBOL",
      description = {
        "Start the image there instead of where the chip would: at its reset vector if the image"
            + " fills that, else at an ELF file's entry, at 9D001000 if there is code (where boot"
            + " loaders go), or at 9D000000."
      })
  @Nullable String entry;

  @Option(
      names = "--at",
      paramLabel = "ADDR",
      description = "The image is a binary file for this address, virtual or physical.")
  @Nullable String at;

  @Option(
      names = "--loader",
      paramLabel = "FILE",
      description = "Also program this image of a boot loader, and start through it.")
  @Nullable Path loader;

  /** Whether the file to run has to be an image. */
  boolean used() {
    return entry != null || at != null || loader != null;
  }
}
