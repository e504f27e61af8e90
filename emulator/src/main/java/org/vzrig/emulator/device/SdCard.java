package org.vzrig.emulator.device;

import java.io.UncheckedIOException;
import org.tinylog.Logger;
import org.vzrig.emulator.port.SpiDevice;

/**
 * A high-capacity memory card in SPI mode (SD Physical Layer Simplified Specification, chapter 7).
 *
 * <p>Addresses are block numbers; the capacity is rounded up to the 512 KiB that its CSD counts in,
 * and blocks behind the end of the store read as zeros and are not kept. A store that cannot be
 * written is a write-protected card: CSD.TMP_WRITE_PROTECT, and writes are refused.
 */
public final class SdCard implements SpiDevice {
  private static final int IDLE = 0x01;
  private static final int ILLEGAL_COMMAND = 0x04;
  private static final int ADDRESS_ERROR = 0x20;
  private static final int DATA_TOKEN = 0xFE;
  private static final int MULTI_TOKEN = 0xFC;
  private static final int STOP_TOKEN = 0xFD;
  private static final int DATA_ACCEPTED = 0x05;
  private static final int WRITE_ERROR = 0x0D;
  private static final int OUT_OF_RANGE = 0x08;
  private static final int PROTECTION_VIOLATED = 0x20;
  private static final int WRITE_PROTECTED = 0x10;
  private static final int BUSY_BYTES = 4;
  private static final int OCR_READY_HIGH_CAPACITY = 0xC0FF_8000;
  private static final int CSD_UNIT_BLOCKS = 1024;

  private enum Mode {
    COMMAND,
    READ_MANY,
    WRITE_TOKEN,
    WRITE_DATA
  }

  private final BlockStore store;
  private final byte[] block = new byte[BlockStore.BLOCK];
  private final byte[] output = new byte[1024];
  private int outputAt;
  private int outputEnd;
  private final int[] command = new int[6];
  private int commandAt;
  private Mode mode = Mode.COMMAND;
  private boolean many;
  private boolean idle = true;
  private boolean application;
  private boolean violated;
  private long address;
  private int dataAt;

  /** A card that keeps its blocks in {@code store}. */
  public SdCard(BlockStore store) {
    this.store = store;
  }

  @Override
  public void selected(boolean selected) {
    commandAt = 0;
    if (!selected) {
      outputAt = 0;
      outputEnd = 0;
    }
  }

  @Override
  public int exchange(int out, int bits) {
    int in = 0;
    for (int shift = bits - 8; shift >= 0; shift -= 8) {
      in = in << 8 | exchangeByte(out >>> shift & 0xFF);
    }
    return in;
  }

  private int exchangeByte(int out) {
    if (outputAt == outputEnd && mode == Mode.READ_MANY && commandAt == 0) {
      nextBlock();
    }
    int in = outputAt < outputEnd ? output[outputAt++] & 0xFF : 0xFF;
    switch (mode) {
      case WRITE_TOKEN -> token(out);
      case WRITE_DATA -> data(out);
      default -> commandByte(out);
    }
    return in;
  }

  private void commandByte(int out) {
    if (commandAt == 0 && (out & 0xC0) != 0x40) {
      return;
    }
    command[commandAt++] = out;
    if (commandAt == command.length) {
      commandAt = 0;
      execute(command[0] & 0x3F, argument());
    }
  }

  private int argument() {
    return command[1] << 24 | command[2] << 16 | command[3] << 8 | command[4];
  }

  private void execute(int index, int argument) {
    boolean acmd = application;
    application = false;
    outputAt = 0;
    outputEnd = 0;
    put(0xFF);
    if (acmd && applicationCommand(index)) {
      return;
    }
    switch (index) {
      case 0 -> {
        idle = true;
        mode = Mode.COMMAND;
        status(0);
      }
      case 1 -> ready();
      case 8 -> {
        status(0);
        putWord(argument & 0xFFF);
      }
      case 9 -> register(csd());
      case 10 -> register(cid());
      case 12 -> {
        mode = Mode.COMMAND;
        put(0xFF);
        status(0);
      }
      case 13 -> {
        status(0);
        put(violated ? PROTECTION_VIOLATED : 0);
        violated = false;
      }
      case 16, 59 -> status(0);
      case 17, 18 -> startRead(argument, index == 18);
      case 24, 25 -> startWrite(argument, index == 25);
      case 55 -> {
        application = true;
        status(0);
      }
      case 58 -> {
        status(0);
        putWord(idle ? OCR_READY_HIGH_CAPACITY & 0x00FF_FFFF : OCR_READY_HIGH_CAPACITY);
      }
      default -> status(ILLEGAL_COMMAND);
    }
  }

  private boolean applicationCommand(int index) {
    switch (index) {
      case 13 -> {
        status(0);
        put(0);
        putData(new byte[64]);
      }
      case 22 -> register(new byte[4]);
      case 23, 42 -> status(0);
      case 41 -> ready();
      case 51 -> register(new byte[] {0x02, 0x25, 0, 0, 0, 0, 0, 0});
      default -> {
        return false;
      }
    }
    return true;
  }

  private void ready() {
    idle = false;
    status(0);
  }

  private void startRead(int block, boolean multiple) {
    address = Integer.toUnsignedLong(block);
    if (address >= capacity()) {
      status(ADDRESS_ERROR);
      return;
    }
    status(0);
    nextBlock();
    mode = multiple ? Mode.READ_MANY : Mode.COMMAND;
  }

  private void nextBlock() {
    if (address >= capacity()) {
      put(OUT_OF_RANGE);
      mode = Mode.COMMAND;
      return;
    }
    try {
      java.util.Arrays.fill(block, (byte) 0);
      if (address < store.blocks()) {
        store.read(address, block);
      }
      address++;
      putData(block);
    } catch (UncheckedIOException e) {
      Logger.warn("block {} of the memory card cannot be read: {}", address, e.getMessage());
      put(1);
      mode = Mode.COMMAND;
    }
  }

  private void startWrite(int block, boolean multiple) {
    address = Integer.toUnsignedLong(block);
    if (address >= capacity()) {
      status(ADDRESS_ERROR);
      return;
    }
    many = multiple;
    mode = Mode.WRITE_TOKEN;
    status(0);
  }

  private void token(int out) {
    if (out == (many ? MULTI_TOKEN : DATA_TOKEN)) {
      dataAt = 0;
      mode = Mode.WRITE_DATA;
    } else if (many && out == STOP_TOKEN) {
      mode = Mode.COMMAND;
      put(0xFF);
      busy();
    }
  }

  /** 512 bytes of data, then two of a CRC that nobody checks. */
  private void data(int out) {
    if (dataAt < block.length) {
      block[dataAt] = (byte) out;
    }
    if (++dataAt == block.length + 2) {
      put(keep() ? DATA_ACCEPTED : WRITE_ERROR);
      busy();
      mode = many ? Mode.WRITE_TOKEN : Mode.COMMAND;
    }
  }

  private boolean keep() {
    if (!store.writable()) {
      violated = true;
      return false;
    }
    try {
      if (address < store.blocks()) {
        store.write(address, block);
      }
      address++;
      return address <= capacity();
    } catch (UncheckedIOException e) {
      Logger.warn("block {} of the memory card cannot be written: {}", address, e.getMessage());
      return false;
    }
  }

  private void busy() {
    for (int i = 0; i < BUSY_BYTES; i++) {
      put(0);
    }
  }

  private void status(int flags) {
    put(flags | (idle ? IDLE : 0));
  }

  private void register(byte[] content) {
    status(0);
    putData(content);
  }

  private void putData(byte[] content) {
    put(0xFF);
    put(DATA_TOKEN);
    for (byte b : content) {
      put(b);
    }
    int crc = crc16(content);
    put(crc >>> 8);
    put(crc);
  }

  private void put(int value) {
    if (outputAt == outputEnd) {
      outputAt = 0;
      outputEnd = 0;
    }
    output[outputEnd++] = (byte) value;
  }

  private void putWord(int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      put(value >>> shift);
    }
  }

  private long capacity() {
    long units = (store.blocks() + CSD_UNIT_BLOCKS - 1) / CSD_UNIT_BLOCKS;
    return Math.max(1, units) * CSD_UNIT_BLOCKS;
  }

  /** Card-specific data, version 2: 25 MHz, 512-byte blocks, capacity in units of 512 KiB. */
  private byte[] csd() {
    int size = (int) (capacity() / CSD_UNIT_BLOCKS - 1);
    byte[] csd = {
      0x40,
      0x0E,
      0x00,
      0x32,
      0x5B,
      0x59,
      0,
      (byte) (size >> 16),
      (byte) (size >> 8),
      (byte) size,
      0x7F,
      (byte) 0x80,
      0x0A,
      0x40,
      (byte) (store.writable() ? 0 : WRITE_PROTECTED),
      0
    };
    csd[15] = (byte) crc7(csd);
    return csd;
  }

  private static byte[] cid() {
    byte[] cid = {0x56, 'V', 'Z', 'V', 'Z', 'R', 'I', 'G', 0x10, 0, 0, 0, 1, 0x01, (byte) 0xA1, 0};
    cid[15] = (byte) crc7(cid);
    return cid;
  }

  /** CRC7 of the first 15 bytes with the stop bit, as it ends CSD and CID. */
  private static int crc7(byte[] content) {
    int crc = 0;
    for (int i = 0; i < 15; i++) {
      for (int bit = 7; bit >= 0; bit--) {
        int in = content[i] >>> bit & 1;
        int out = crc >>> 6 & 1;
        crc = crc << 1 & 0x7F;
        crc ^= in != out ? 0x09 : 0;
      }
    }
    return crc << 1 | 1;
  }

  private static int crc16(byte[] content) {
    int crc = 0;
    for (byte b : content) {
      crc ^= (b & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
      }
      crc &= 0xFFFF;
    }
    return crc;
  }
}
