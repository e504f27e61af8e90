package org.vzrig.hil.serial;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A symbolic link that names a pty as long as it exists. */
public final class LinkFile {
  private final Path link;
  private final Path target;

  private LinkFile(Path link, Path target) {
    this.link = link;
    this.target = target;
  }

  /**
   * Makes {@code link} point to {@code target}, replacing a link to another pty in one step.
   *
   * @throws IOException when something else has that name, or its directory does not exist
   */
  public static LinkFile create(Path link, String target) throws IOException {
    check(link);
    Path absolute = link.toAbsolutePath();
    Path fresh =
        absolute.resolveSibling("." + absolute.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.deleteIfExists(fresh);
      Files.createSymbolicLink(fresh, Path.of(target));
      Files.move(fresh, absolute, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      throw new IOException(link + ": cannot make the link: " + reason(e), e);
    }
    return new LinkFile(absolute, Path.of(target));
  }

  private static void check(Path link) throws IOException {
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isSymbolicLink(link)) {
      throw new IOException(
          link + ": expected a free name or a link to a pty, found something else; not replaced");
    }
    Path old = Files.readSymbolicLink(link);
    if (!old.startsWith("/dev/pts")) {
      throw new IOException(
          link + ": expected a free name or a link to a pty, found a link to " + old);
    }
  }

  private static String reason(FileSystemException e) {
    String reason = e.getReason();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }

  /** Removes the link, unless somebody has made another of it. */
  public void remove() {
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
        Files.delete(link);
      }
    } catch (IOException e) {
      // it stays and points nowhere; the next pty of that name replaces it
    }
  }
}
