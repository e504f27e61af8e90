package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for what stands in the flash of a board. */
public final class FlashOptions {
  @Option(
      names = "--flash",
      order = -7,
      paramLabel = "FILE",
      description =
          "Keep the flash of the board in FILE: it is taken from there if it exists, and written at"
              + " the end of the run. Not for guests of a configuration. Without anything to run"
              + " the board starts with what is in its flash; an empty one waits in its boot"
              + " loader.")
  @Nullable Path file;

  /** The file that was named. */
  public Optional<FlashFile> file() {
    return Optional.ofNullable(file).map(FlashFile::new);
  }

  /** Writes the flash of {@code target} when that is wanted; its machine has to stand still. */
  void save(Target target) throws IOException {
    if (file != null) {
      new FlashFile(file).save(target.debug().machine());
    }
  }
}
