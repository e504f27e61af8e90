package org.vzrig.emulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** Blocks in a file of the host. */
final class FileBlocks implements BlockStore {
  /** What a high-capacity card's CSD can tell: 22 bits of 512 KiB. */
  private static final long MOST_BYTES = 1L << 41;

  private final transient FileChannel channel;
  private final long blocks;
  private final boolean readOnly;

  private FileBlocks(FileChannel channel, boolean readOnly) throws IOException {
    this.channel = channel;
    this.readOnly = readOnly;
    blocks = channel.size() / BLOCK;
  }

  static FileBlocks open(Path path, boolean readOnly) throws IOException {
    if (Files.isDirectory(path)) {
      throw wrong(path, "expected the image of a memory card, found a folder");
    }
    Set<OpenOption> options =
        readOnly
            ? Set.of(StandardOpenOption.READ)
            : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileChannel channel = FileChannel.open(path, options);
    try {
      checkSize(path, channel.size());
      lock(path, channel, readOnly);
      return new FileBlocks(channel, readOnly);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void checkSize(Path path, long bytes) throws IOException {
    if (bytes == 0 || bytes % BLOCK != 0 || bytes > MOST_BYTES) {
      throw wrong(
          path,
          "expected the image of a memory card: blocks of 512 bytes, up to 2 TiB; found %d bytes"
              .formatted(bytes));
    }
  }

  /** The lock ends with the channel; readers share it. */
  private static void lock(Path path, FileChannel channel, boolean shared) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw wrong(path, "this memory card is in use by another machine");
    }
  }

  private static FileSystemException wrong(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }

  @Override
  public long blocks() {
    return blocks;
  }

  @Override
  public boolean writable() {
    return !readOnly;
  }

  @Override
  public void read(long index, byte[] into) {
    ByteBuffer buffer = ByteBuffer.wrap(into);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, index * BLOCK + buffer.position()) < 0) {
          // somebody has cut the file
          Arrays.fill(into, buffer.position(), BLOCK, (byte) 0);
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(long index, byte[] data) {
    ByteBuffer buffer = ByteBuffer.wrap(data);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer, index * BLOCK + buffer.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
