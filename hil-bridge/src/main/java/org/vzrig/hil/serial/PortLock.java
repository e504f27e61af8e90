package org.vzrig.hil.serial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock file as other serial programs use it: LCK..<i>device</i> with the process number as ten
 * characters. Where the directory cannot be written there is no lock file; the port's exclusive
 * mode still holds.
 */
public final class PortLock {
  private static final Path DIRECTORY = Path.of("/var/lock");

  private final @Nullable Path file;

  private PortLock(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Locks the device {@code name} in /var/lock.
   *
   * @throws IOException if a living process holds it
   */
  public static PortLock take(String name) throws IOException {
    return take(name, DIRECTORY);
  }

  /** Locks the device {@code name} in {@code directory}. */
  static PortLock take(String name, Path directory) throws IOException {
    if (!name.startsWith("/dev/") || !Files.isWritable(directory)) {
      return new PortLock(null);
    }
    Path file = directory.resolve("LCK.." + name.substring(name.lastIndexOf('/') + 1));
    byte[] own =
        "%10d\n".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    try {
      Files.write(file, own, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      takeOver(name, file, own);
    }
    return new PortLock(file);
  }

  private static void takeOver(String name, Path file, byte[] own) throws IOException {
    long holder = holder(file);
    if (ProcessHandle.of(holder).isPresent()) {
      throw new IOException(
          "%s: in use by process %d (lock file %s)".formatted(name, holder, file));
    }
    Files.write(file, own);
  }

  private static long holder(Path file) throws IOException {
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** Gives the device free; releasing twice does nothing. */
  public void release() {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // a lock file that stays names a process that is gone, which the next one notices
    }
  }
}
