package org.vzrig.emulator.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;

/** Vectors: FIPS 197 appendix C, SP 800-38A appendix F, FIPS 180-4 examples, RFC 1321. */
class CryptoTest {
  private static final int DESCRIPTOR = 0x1000;
  private static final int ASSOCIATION = 0x2000;
  private static final int SOURCE = 0x3000;
  private static final int TARGET = 0x4000;
  private static final int DIGEST = 0x5000;
  private static final int ENCRYPT = 1 << 9;
  private static final int AES = 4 << 10;
  private static final int DES = 1 << 10;
  private static final int LAST = 0x804E_0000;

  private final TestChip t = new TestChip(Boards.DM320007);

  private void bytes(int address, String hex) {
    t.bus().load(address, HexFormat.of().parseHex(hex));
  }

  private String hex(int address, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) t.bus().read(address + i, 1);
    }
    return HexFormat.of().formatHex(bytes);
  }

  /** Words most significant byte first at the end of a field that ends at {@code end}. */
  private void field(int end, String hex) {
    for (int i = 0; i < hex.length() / 8; i++) {
      int word = Integer.parseUnsignedInt(hex.substring(8 * i, 8 * i + 8), 16);
      t.bus().write(end - hex.length() / 2 + 4 * i, 4, word);
    }
  }

  private void association(int control, String key, String vector) {
    t.bus().write(ASSOCIATION, 4, control);
    field(ASSOCIATION + 4 + 64, key);
    field(ASSOCIATION + 4 + 112, vector);
  }

  private void descriptor(int address, int control, int source, int next, int message) {
    int[] words = {control, ASSOCIATION, source, TARGET, next, DIGEST, message, 0};
    for (int i = 0; i < words.length; i++) {
      t.bus().write(address + 4 * i, 4, words[i]);
    }
  }

  private void run() {
    t.set("CECON", 0x40);
    assertEquals(0, t.get("CECON"));
    t.set("CEINTSRC", 0xF);
    t.set("CEBDPADDR", DESCRIPTOR);
    t.set("CEINTEN", 7);
    t.set("CECON", 0xA5);
    t.pass(5000);
    assertEquals(4, t.get("CEINTSRC") & 4);
    assertTrue(t.chip().evic().flagged(107));
    assertEquals(0, t.bus().read(DESCRIPTOR, 4) >>> 31);
  }

  private void cipher(int control, String key, String vector, String text, String expected) {
    association(control, key, vector);
    bytes(SOURCE, text);
    descriptor(DESCRIPTOR, LAST | text.length() / 2, SOURCE, DESCRIPTOR, text.length() / 2);
    run();
    assertEquals(expected, hex(TARGET, expected.length() / 2));
  }

  @Test
  void aesWithEveryKeyLength() {
    String text = "00112233445566778899aabbccddeeff";
    String key = "000102030405060708090a0b0c0d0e0f1011121314151617";
    cipher(AES | ENCRYPT | 8, key.substring(0, 32), "", text, "69c4e0d86a7b0430d8cdb78070b4c55a");
    cipher(AES | ENCRYPT | 1 << 7 | 8, key, "", text, "dda97ca4864cdfe06eaf70a0ec0d7191");
    cipher(AES | 8, key.substring(0, 32), "", "69c4e0d86a7b0430d8cdb78070b4c55a", text);
  }

  @Test
  void aesChainsBlocks() {
    cipher(
        AES | ENCRYPT | 9,
        "2b7e151628aed2a6abf7158809cf4f3c",
        "000102030405060708090a0b0c0d0e0f",
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51",
        "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
    cipher(
        AES | ENCRYPT | 13,
        "2b7e151628aed2a6abf7158809cf4f3c",
        "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
        "6bc1bee22e409f96e93d7e117393172a",
        "874d6191b620e3261bef6864990db6ce");
  }

  @Test
  void desEnciphers() {
    cipher(DES | ENCRYPT | 1 << 7, "133457799bbcdff1", "", "0123456789abcdef", "85e813540f0ab405");
  }

  private void hash(int algorithm, String expected) {
    association(algorithm << 10 | ENCRYPT, "", "");
    t.bus().load(SOURCE, "abc\0".getBytes(StandardCharsets.US_ASCII));
    descriptor(DESCRIPTOR, LAST | 4, SOURCE, DESCRIPTOR, 3);
    run();
    assertEquals(expected, hex(DIGEST, expected.length() / 2));
  }

  @Test
  void hashesEndWhereTheMessageEnds() {
    hash(0x08, "900150983cd24fb0d6963f7d28e17f72");
    hash(0x10, "a9993e364706816aba3e25717850c26c9cd0d89d");
    hash(0x20, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void aMessageMayLieInSeveralBuffers() {
    association(0x20 << 10 | ENCRYPT, "", "");
    t.bus().load(SOURCE, "a".repeat(64).getBytes(StandardCharsets.US_ASCII));
    int second = DESCRIPTOR + 32;
    descriptor(DESCRIPTOR, 0x8040_0000 | 32, SOURCE, second, 64);
    descriptor(second, 0x800E_0000 | 32, SOURCE + 32, DESCRIPTOR, 64);
    run();
    assertEquals(
        "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb", hex(DIGEST, 32));
  }

  @Test
  void aDescriptorOutsideMemoryIsAnError() {
    t.set("CEBDPADDR", 0x0100_0000);
    t.set("CECON", 0xA5);
    t.pass(1000);
    assertEquals(8, t.get("CEINTSRC") & 8);
  }
}
