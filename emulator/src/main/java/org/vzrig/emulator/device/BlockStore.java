package org.vzrig.emulator.device;

import java.io.IOException;
import java.nio.file.Path;

/** Blocks of 512 bytes behind a memory card. */
public interface BlockStore {
  /** Bytes of a block. */
  int BLOCK = 512;

  /** Number of blocks. */
  long blocks();

  /** Whether blocks can be written. */
  default boolean writable() {
    return true;
  }

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
   * A store on a file of the host, which is opened now and stays open. What is written stands in
   * the file at once; nobody else may use the file meanwhile.
   *
   * @param readOnly whether the file is never written
   * @throws IOException when the file cannot be opened, is in use, or is no whole number of blocks
   *     between one and 2 TiB
   */
  static BlockStore file(Path path, boolean readOnly) throws IOException {
    return FileBlocks.open(path, readOnly);
  }
}
