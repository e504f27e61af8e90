package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Irq;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.device.BlockStore;
import org.vzrig.emulator.device.SdCard;

class SpiSdCardTest {
  private static final int ON_MASTER = 0x8120;
  private static final int SELECT = 1 << 3;
  private static final long BYTE = 8 * 2 * 4 * 2;

  private final TestChip t = new TestChip();
  private final byte[] disk = new byte[4096 * 512];

  @BeforeEach
  void open() {
    for (int i = 0; i < disk.length; i++) {
      disk[i] = (byte) (i / 512 + i);
    }
    t.chip().spi(3).attach(new SdCard(BlockStore.memory(disk)), Pin.of("RC3"));
    t.set("ANSELCCLR", SELECT);
    t.set("LATCSET", SELECT);
    t.set("TRISCCLR", SELECT);
    t.set("SPI3BRG", 3);
    t.set("SPI3CON", ON_MASTER);
    t.set("LATCCLR", SELECT);
  }

  private int exchange(int out) {
    t.set("SPI3BUF", out);
    while ((t.get("SPI3STAT") & 1) == 0) {
      t.pass(BYTE / 4);
    }
    return t.get("SPI3BUF");
  }

  private int command(int index, int argument) {
    exchange(0x40 | index);
    for (int shift = 24; shift >= 0; shift -= 8) {
      exchange(argument >>> shift & 0xFF);
    }
    exchange(0x95);
    int answer = 0xFF;
    for (int i = 0; i < 8 && answer == 0xFF; i++) {
      answer = exchange(0xFF);
    }
    return answer;
  }

  private byte[] data(int length) {
    int token = 0xFF;
    for (int i = 0; i < 100 && token == 0xFF; i++) {
      token = exchange(0xFF);
    }
    assertEquals(0xFE, token);
    byte[] block = new byte[length];
    for (int i = 0; i < length; i++) {
      block[i] = (byte) exchange(0xFF);
    }
    exchange(0xFF);
    exchange(0xFF);
    return block;
  }

  private void initialise() {
    assertEquals(1, command(0, 0));
    assertEquals(1, command(8, 0x1AA));
    assertEquals(
        0x1AA, exchange(0xFF) << 24 | exchange(0xFF) << 16 | exchange(0xFF) << 8 | exchange(0xFF));
    assertEquals(1, command(55, 0));
    assertEquals(0, command(41, 0x4000_0000));
    assertEquals(0, command(58, 0));
    assertEquals(0xC0, exchange(0xFF));
    exchange(0xFF);
    exchange(0xFF);
    exchange(0xFF);
  }

  @Test
  void aWordTakesItsBitsAndRaisesTheRequests() {
    t.set("LATCSET", SELECT);
    t.set("SPI3BUF", 0x5A);
    assertEquals(0x800, t.get("SPI3STAT") & 0x800);
    t.pass(BYTE - 1);
    assertEquals(0, t.get("SPI3STAT") & 1);
    t.pass(1);
    assertEquals(1, t.get("SPI3STAT") & 0x801);
    assertTrue(t.chip().evic().flagged(Irq.spiFault(3) + 1));
    assertEquals(0xFF, t.get("SPI3BUF"), "nobody drives the input");
  }

  @Test
  void anUnreadWordIsAnOverflow() {
    exchangeUnread();
    exchangeUnread();
    assertEquals(0x40, t.get("SPI3STAT") & 0x40);
    t.set("SPI3STATCLR", 0x40);
    assertEquals(0, t.get("SPI3STAT") & 0x40);
  }

  private void exchangeUnread() {
    t.set("SPI3BUF", 0xFF);
    t.pass(BYTE);
  }

  @Test
  void theEnhancedBufferHoldsSixteenBytes() {
    t.set("SPI3CON", ON_MASTER | 1 << 16);
    for (int i = 0; i < 17; i++) {
      t.set("SPI3BUF", i);
    }
    assertEquals(2, t.get("SPI3STAT") & 2);
    assertEquals(16, t.get("SPI3STAT") >>> 16 & 0x1F);
    t.pass(16 * BYTE);
    assertEquals(16, t.get("SPI3STAT") >>> 24 & 0x1F);
    assertEquals(0, t.get("SPI3STAT") & 0x20);
  }

  @Test
  void aBlockIsRead() {
    initialise();
    assertEquals(0, command(17, 5));
    assertArrayEquals(Arrays.copyOfRange(disk, 5 * 512, 6 * 512), data(512));
  }

  @Test
  void manyBlocksAreReadUntilStopped() {
    initialise();
    assertEquals(0, command(18, 7));
    assertArrayEquals(Arrays.copyOfRange(disk, 7 * 512, 8 * 512), data(512));
    assertArrayEquals(Arrays.copyOfRange(disk, 8 * 512, 9 * 512), data(512));
    assertEquals(0, command(12, 0));
    assertEquals(0xFF, exchange(0xFF));
    assertEquals(0, command(13, 0));
  }

  @Test
  void aBlockIsWritten() {
    initialise();
    assertEquals(0, command(24, 9));
    writeBlock(0xFE, 0x33);
    assertEquals(0x33, disk[9 * 512]);
    assertEquals(0x33, disk[10 * 512 - 1]);
  }

  private void writeBlock(int token, int fill) {
    exchange(0xFF);
    exchange(token);
    for (int i = 0; i < 514; i++) {
      exchange(fill);
    }
    assertEquals(0x05, exchange(0xFF) & 0x1F);
    while (exchange(0xFF) == 0) {
      t.pass(1);
    }
  }

  @Test
  void manyBlocksAreWritten() {
    initialise();
    assertEquals(0, command(25, 20));
    writeBlock(0xFC, 0x11);
    writeBlock(0xFC, 0x22);
    exchange(0xFD);
    while (exchange(0xFF) != 0xFF) {
      t.pass(1);
    }
    assertEquals(0x11, disk[20 * 512]);
    assertEquals(0x22, disk[21 * 512]);
  }

  @Test
  void theCsdGivesTheCapacity() {
    initialise();
    assertEquals(0, command(9, 0));
    byte[] csd = data(16);
    int units = (csd[7] & 0x3F) << 16 | (csd[8] & 0xFF) << 8 | csd[9] & 0xFF;
    assertEquals(disk.length, (units + 1) * 512 * 1024);
  }

  @Test
  void addressesBehindTheEndAreErrors() {
    initialise();
    assertEquals(0x20, command(17, 4096));
  }

  @Test
  void aFileKeepsWhatIsWritten(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("card.img"), new byte[3 * 512]);
    BlockStore store = BlockStore.file(file, false);
    byte[] block = new byte[512];
    Arrays.fill(block, (byte) 0x77);
    store.write(2, block);
    assertEquals(3, store.blocks());
    assertEquals(0x77, Files.readAllBytes(file)[3 * 512 - 1]);
    store.read(1, block);
    assertEquals(0, block[0]);
  }

  @Test
  void aReadOnlyFileIsAWriteProtectedCard(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("card.img"), Arrays.copyOf(disk, 8 * 512));
    SdCard card = new SdCard(BlockStore.file(file, true));
    card.selected(true);
    for (int out : new int[] {0x58, 0, 0, 0, 3, 0xFF}) {
      card.exchange(out, 8);
    }
    assertEquals(0xFF, card.exchange(0xFF, 8));
    assertEquals(1, card.exchange(0xFF, 8), "CMD24 is accepted");
    card.exchange(0xFE, 8);
    for (int i = 0; i < 514; i++) {
      card.exchange(0x11, 8);
    }
    assertEquals(0x0D, card.exchange(0xFF, 8), "the data is not");
    assertArrayEquals(Arrays.copyOf(disk, 8 * 512), Files.readAllBytes(file));
  }

  @Test
  void filesThatAreNoCardAreRefused(@TempDir Path folder) throws IOException {
    Path odd = Files.write(folder.resolve("odd.img"), new byte[1000]);
    assertTrue(refusal(odd).contains("blocks of 512 bytes, up to 2 TiB; found 1000 bytes"));
    Path empty = Files.write(folder.resolve("empty.img"), new byte[0]);
    assertTrue(refusal(empty).contains("found 0 bytes"));
    assertTrue(refusal(folder).contains("found a folder"));
    Path used = Files.write(folder.resolve("used.img"), new byte[512]);
    assertEquals(1, BlockStore.file(used, false).blocks());
    assertTrue(refusal(used).contains("in use by another machine"));
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(IOException.class, () -> BlockStore.file(file, false)).getMessage());
  }

  @Test
  void aCardClosesTheSwitchOfItsSocket() {
    Machine machine = new Machine(Boards.OLIMEX_EMZ64);
    assertTrue(machine.pins().level(Pin.of("RF0")));
    machine.insertCard(BlockStore.memory(disk));
    assertFalse(machine.pins().level(Pin.of("RF0")));
  }
}
