package org.vzrig.emulator.periph;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.function.IntUnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * What a buffer descriptor of the crypto engine wants done: algorithm, mode, key and initial
 * vector, as they lie in memory. Keys and vectors stand at the end of their fields, most
 * significant byte first.
 */
final class SecurityAssociation {
  private static final int ENCTYPE = 1 << 9;
  private static final int AES = 4;
  private static final int TDES = 2;
  private static final int DES = 1;
  private static final int SHA256 = 0x20;
  private static final int SHA1 = 0x10;
  private static final int MD5 = 0x08;
  private static final int ENCRYPTION_KEY = 9;
  private static final int ENCRYPTION_IV = 25;
  private static final int WORDS = 29;

  /** The lower bits of CRYPTOALGO for AES; DES and triple DES have the first four. */
  private static final String[] MODES = {"ECB", "CBC", "CFB", "OFB", "", "CTR"};

  private final int[] words = new int[WORDS];
  private @Nullable Cipher cipher;
  private @Nullable MessageDigest digest;

  /** Reads the association at {@code address} word by word. */
  SecurityAssociation(IntUnaryOperator memory, int address) {
    for (int i = 0; i < WORDS; i++) {
      words[i] = memory.applyAsInt(address + 4 * i);
    }
  }

  private int algorithm() {
    return words[0] >>> 10 & 0x7F;
  }

  /** Whether there is a cipher in it. */
  boolean enciphers() {
    return cipher != null;
  }

  /** Whether there is a hash in it. */
  boolean hashes() {
    return digest != null;
  }

  /** A new message begins. */
  void begin() {
    try {
      digest = newDigest();
      cipher = newCipher();
    } catch (GeneralSecurityException e) {
      cipher = null;
      Logger.warn(
          "the crypto engine cannot do what SA_CTRL {} asks for: {}",
          String.format("%08X", words[0]),
          e.getMessage());
    }
  }

  private @Nullable MessageDigest newDigest() throws GeneralSecurityException {
    return switch (algorithm() & (SHA256 | SHA1 | MD5)) {
      case SHA256 -> MessageDigest.getInstance("SHA-256");
      case SHA1 -> MessageDigest.getInstance("SHA-1");
      case MD5 -> MessageDigest.getInstance("MD5");
      default -> null;
    };
  }

  private @Nullable Cipher newCipher() throws GeneralSecurityException {
    return switch (algorithm() & (AES | TDES | DES)) {
      case AES -> newCipher("AES", 16 + 8 * (words[0] >>> 7 & 3), 16, words[0] & 7);
      case TDES -> newCipher("DESede", 24, 8, words[0] & 3);
      case DES -> newCipher("DES", 8, 8, words[0] & 3);
      default -> null;
    };
  }

  private Cipher newCipher(String name, int keyLength, int blockLength, int mode)
      throws GeneralSecurityException {
    String modeName = mode < MODES.length ? MODES[mode] : "";
    if (modeName.isEmpty()) {
      throw new GeneralSecurityException("CRYPTOALGO " + (words[0] & 0xF) + " is not modelled");
    }
    Cipher made = Cipher.getInstance(name + "/" + modeName + "/NoPadding");
    int direction = (words[0] & ENCTYPE) != 0 ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    SecretKeySpec key = new SecretKeySpec(field(ENCRYPTION_KEY, 8, keyLength), name);
    if (mode == 0) {
      made.init(direction, key);
    } else {
      made.init(direction, key, new IvParameterSpec(field(ENCRYPTION_IV, 4, blockLength)));
    }
    return made;
  }

  /** The last {@code length} bytes of a field of {@code count} words. */
  private byte[] field(int first, int count, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int at = 4 * count - length + i;
      bytes[i] = (byte) (words[first + at / 4] >>> 24 - 8 * (at % 4));
    }
    return bytes;
  }

  /** The next piece of the message through the cipher. */
  byte[] encipher(byte[] data) {
    byte[] out = cipher == null ? null : cipher.update(data);
    return out == null ? new byte[0] : out;
  }

  /** The next {@code length} bytes of the message for the hash. */
  void hash(byte[] data, int length) {
    if (digest != null) {
      digest.update(data, 0, length);
    }
  }

  /** The hash of the message. */
  byte[] digest() {
    return digest == null ? new byte[0] : digest.digest();
  }
}
