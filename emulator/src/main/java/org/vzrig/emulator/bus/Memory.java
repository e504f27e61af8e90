package org.vzrig.emulator.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.snapshot.Restored;

/**
 * A memory array of the chip (RAM, program flash, boot flash), little endian.
 *
 * <p>Engines keep decoded instructions beside the bytes, a slot for each 4 KiB page; every writer
 * other than an engine's own fast path uses the {@code store} methods or {@link #changed}, which
 * drop what was decoded.
 */
public final class Memory implements Restored {
  /** 16-bit little-endian view of {@link #bytes}. */
  public static final VarHandle HALF =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** 32-bit little-endian view of {@link #bytes}. */
  public static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** 64-bit little-endian view of {@link #bytes}. */
  public static final VarHandle DOUBLE_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Size of the pages that decoded instructions are kept by, as a power of two. */
  public static final int PAGE_SHIFT = 12;

  /** The bytes themselves. */
  public final byte[] bytes;

  /** What an engine keeps for each 4 KiB page; null where nothing of the page is decoded. */
  public final transient @Nullable Object[] decoded;

  private final String name;
  private transient CodeListener listener = (memory, page) -> {};

  /** Told when bytes of a page with decoded instructions have changed. */
  @FunctionalInterface
  public interface CodeListener {
    /**
     * Bytes of {@code page} (index) of {@code memory} have changed; its {@code decoded} slot is
     * still set.
     */
    void pageChanged(Memory memory, int page);
  }

  /** A memory of {@code size} bytes (a multiple of 4 KiB), filled with {@code fill}. */
  public Memory(String name, int size, int fill) {
    this.name = name;
    bytes = new byte[size];
    decoded = new Object[size >>> PAGE_SHIFT];
    Arrays.fill(bytes, (byte) fill);
  }

  /** The data sheet's name of the memory. */
  public String name() {
    return name;
  }

  /** Size in bytes. */
  public int size() {
    return bytes.length;
  }

  /** Sets the engine that keeps decoded pages. */
  public void onCodeChanged(CodeListener codeListener) {
    listener = codeListener;
  }

  /** Reads {@code size} (1, 2, 4) bytes, zero-extended. */
  public int load(int offset, int size) {
    return switch (size) {
      case 1 -> bytes[offset] & 0xFF;
      case 2 -> (short) HALF.get(bytes, offset) & 0xFFFF;
      default -> (int) WORD.get(bytes, offset);
    };
  }

  /** Writes the low {@code size} (1, 2, 4) bytes of {@code value}. */
  public void store(int offset, int size, int value) {
    switch (size) {
      case 1 -> bytes[offset] = (byte) value;
      case 2 -> HALF.set(bytes, offset, (short) value);
      default -> WORD.set(bytes, offset, value);
    }
    if (decoded[offset >>> PAGE_SHIFT] != null) {
      listener.pageChanged(this, offset >>> PAGE_SHIFT);
    }
  }

  @Override
  public void restored() {
    changed(0, bytes.length);
  }

  /** Says that {@code length} bytes from {@code offset} were changed in {@link #bytes} directly. */
  public void changed(int offset, int length) {
    for (int page = offset >>> PAGE_SHIFT; page <= (offset + length - 1) >>> PAGE_SHIFT; page++) {
      if (decoded[page] != null) {
        listener.pageChanged(this, page);
      }
    }
  }
}
