package org.vzrig.emulator.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Blocks of 512 bytes behind a memory card. */
public interface BlockStore {
  /** Bytes of a block. */
  int BLOCK = 512;

  /** Number of blocks. */
  long blocks();

  /** Reads block {@code index} into {@code into}. */
  void read(long index, byte[] into);

  /** Writes block {@code index}. */
  void write(long index, byte[] data);

  /** A store in memory. */
  static BlockStore memory(byte[] bytes) {
    return new BlockStore() {
      @Override
      public long blocks() {
        return bytes.length / BLOCK;
      }

      @Override
      public void read(long index, byte[] into) {
        System.arraycopy(bytes, (int) index * BLOCK, into, 0, BLOCK);
      }

      @Override
      public void write(long index, byte[] data) {
        System.arraycopy(data, 0, bytes, (int) index * BLOCK, BLOCK);
      }
    };
  }

  /**
   * A store on a file of the host, which is opened now and stays open.
   *
   * @throws IOException when the file cannot be opened for reading and writing
   */
  static BlockStore file(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long blocks = (channel.size() + BLOCK - 1) / BLOCK;
    return new BlockStore() {
      @Override
      public long blocks() {
        return blocks;
      }

      @Override
      public void read(long index, byte[] into) {
        java.util.Arrays.fill(into, (byte) 0);
        ByteBuffer buffer = ByteBuffer.wrap(into);
        try {
          long at = index * BLOCK;
          while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at + buffer.position());
            if (count < 0) {
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
          long at = index * BLOCK;
          while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
