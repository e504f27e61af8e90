package org.vzrig.flasher.icsp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;

/** Programming through Microchip's programming executive, which the user provides. */
final class Executive implements Programming {
  private static final int ADDRESS = 0xA000_0900;
  private static final int MM_ADDRESS = 0xA000_0300;
  private static final int ROW_PROGRAM = 0;
  private static final int READ = 1;
  private static final int WORD_PROGRAM = 3;
  private static final int PAGE_ERASE = 5;
  private static final int VERSION = 7;
  private static final int GET_CRC = 8;
  private static final int QUAD_WORD_PROGRAM = 13;
  private static final int DOUBLE_WORD_PROGRAM = 14;
  private static final int READ_WORDS = 32;

  private final Ejtag ejtag;

  /**
   * Downloads {@code code} and starts it.
   *
   * @throws FlashException if it does not report the version that the family's executive has
   */
  Executive(Ejtag ejtag, Family family, int[] code) throws IOException {
    this.ejtag = ejtag;
    if (family.mx()) {
      ejtag.executableRam(new Mips(ejtag, Isa.MIPS32));
    }
    Stub stub = new Stub(ejtag, Isa.of(family));
    int address = family.mm() ? MM_ADDRESS : ADDRESS;
    stub.store(address, code);
    stub.jump(address);
    ejtag.port().pause(30);
    ejtag.fastData(VERSION << 16);
    int version = ejtag.response();
    if (version != (VERSION << 16 | family.executiveVersion())) {
      throw new FlashException(
          Reason.PROTOCOL,
          "programming executive: expected version %04X of the %s family, found %08X"
              .formatted(family.executiveVersion(), family.key(), version));
    }
  }

  private void confirm(String name, int command, int address) throws IOException {
    int response = ejtag.response();
    if (response != command << 16) {
      throw new FlashException(
          Reason.PROTOCOL,
          "%s at %08X: expected %08X from the programming executive, found %08X"
              .formatted(name, address, command << 16, response));
    }
  }

  @Override
  public void row(int address, byte[] data) throws IOException {
    int[] words = Words.of(data);
    ejtag.fastData(ROW_PROGRAM << 16 | words.length, address);
    ejtag.fastData(words);
    confirm("ROW_PROGRAM", ROW_PROGRAM, address);
  }

  @Override
  public void unit(int address, int... words) throws IOException {
    int command =
        switch (words.length) {
          case 1 -> WORD_PROGRAM;
          case 2 -> DOUBLE_WORD_PROGRAM;
          default -> QUAD_WORD_PROGRAM;
        };
    ejtag.fastData(command << 16 | (command == WORD_PROGRAM ? 2 : 0), address);
    ejtag.fastData(words);
    confirm("programming %d words".formatted(words.length), command, address);
  }

  @Override
  public void erasePage(int address) throws IOException {
    ejtag.fastData(PAGE_ERASE << 16 | 1, address);
    confirm("PAGE_ERASE", PAGE_ERASE, address);
  }

  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    ejtag.fastData(GET_CRC << 16, address, expected.length);
    confirm("GET_CRC", GET_CRC, address);
    int found = ejtag.response() & 0xFFFF;
    int wanted = crc(expected);
    List<Mismatch> mismatches = new ArrayList<>();
    if (found != wanted) {
      mismatches.add(new Mismatch(address, wanted, found, expected.length));
    }
    return mismatches;
  }

  /** CRC-16 with polynomial 1021, most significant bit first, beginning with FFFF. */
  static int crc(byte[] bytes) {
    int crc = 0xFFFF;
    for (byte b : bytes) {
      crc ^= (b & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
      }
    }
    return crc & 0xFFFF;
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    for (int at = 0; at < into.length; at += 4 * READ_WORDS) {
      int[] words = new int[Math.min(READ_WORDS, (into.length - at + 3) / 4)];
      ejtag.fastData(READ << 16 | words.length, address + at);
      confirm("READ", READ, address + at);
      ejtag.responses(words);
      Words.copy(words, into, at);
    }
  }
}
