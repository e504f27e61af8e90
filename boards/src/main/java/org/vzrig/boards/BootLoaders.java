package org.vzrig.boards;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;

/**
 * The boot loaders that virtual boards ship with, built from boards/loader. They speak STK500v2 as
 * the loaders of the real boards do.
 */
public final class BootLoaders {
  private BootLoaders() {}

  /** The boot loader of {@code board}; nothing for boards whose boot flash ships empty. */
  public static Optional<Image> of(Board board) {
    return board.loader().isEmpty()
        ? Optional.empty()
        : Optional.of(read(board.name() + "-loader.elf"));
  }

  private static Image read(String name) {
    try (InputStream file = BootLoaders.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return ImageReader.parse(file.readAllBytes(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ImageException e) {
      throw new IllegalStateException(e);
    }
  }
}
