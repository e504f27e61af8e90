package org.vzrig.flasher.icsp;

import java.io.IOException;
import java.util.List;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Programmer;

/**
 * Programming without Microchip's executive: a row goes to RAM through our stub, then the flash
 * controller is told by single instructions to write it.
 */
final class DirectProgramming implements Programming {
  private static final int UNCACHED = 0xA000_0000;
  private static final int KEY1 = 0xAA99_6655;
  private static final int KEY2 = 0x5566_99AA;
  private static final int ROW = 3;
  private static final int PAGE_ERASE = 4;
  private static final int WR = 1 << 15;
  private static final int WREN = 1 << 14;
  private static final int ERRORS = 3 << 12;
  private static final int POLLS = 200;

  /** Offsets from NVMCON. */
  private static final int SET = 0x08;

  private static final int NVMKEY = 0x10;
  private static final int NVMADDR = 0x20;
  private static final int NVMDATA = 0x30;
  private static final int WORDS_AT_ONCE = 256;

  private final Mips mips;
  private final Stub stub;
  private final FlashController nvm;

  /** For parts of {@code family}, whose core takes instructions from {@code ejtag}. */
  DirectProgramming(Ejtag ejtag, Family family) throws IOException {
    mips = new Mips(ejtag, Isa.of(family));
    nvm = FlashController.of(family);
    if (nvm.protectOffset() != 0) {
      unprotectBoot();
    }
    if (family.mx()) {
      ejtag.executableRam(mips);
    }
    stub = new Stub(ejtag, Isa.of(family));
  }

  private void keys() throws IOException {
    mips.poke(nvm.nvmcon() + NVMKEY, 0);
    mips.poke(nvm.nvmcon() + NVMKEY, KEY1);
    mips.poke(nvm.nvmcon() + NVMKEY, KEY2);
  }

  /** No page protected, and not locked. */
  private void unprotectBoot() throws IOException {
    keys();
    mips.poke(nvm.nvmcon() + nvm.protectOffset(), nvm.unprotected());
  }

  @Override
  public void row(int address, byte[] data) throws IOException {
    stub.store(UNCACHED | nvm.buffer(), Words.of(data));
    stub.leave();
    mips.poke(nvm.nvmcon() + nvm.sourceOffset(), nvm.buffer());
    operate(ROW, address);
    stub.start();
  }

  @Override
  public void unit(int address, int... words) throws IOException {
    stub.leave();
    for (int i = 0; i < words.length; i++) {
      mips.poke(nvm.nvmcon() + NVMDATA + 0x10 * i, words[i]);
    }
    operate(nvm.unitOperation(), address);
    stub.start();
  }

  @Override
  public void erasePage(int address) throws IOException {
    stub.leave();
    operate(PAGE_ERASE, address);
    stub.start();
  }

  private void operate(int operation, int address) throws IOException {
    mips.poke(nvm.nvmcon() + NVMADDR, address);
    mips.poke(nvm.nvmcon(), WREN | operation);
    keys();
    mips.poke(nvm.nvmcon() + SET, WR);
    int state = WR;
    for (int i = 0; i < POLLS && (state & WR) != 0; i++) {
      state = mips.peek(nvm.nvmcon());
    }
    mips.poke(nvm.nvmcon(), 0);
    if ((state & (WR | ERRORS)) != 0) {
      throw new FlashException(
          Reason.PROTOCOL,
          "flash operation %d at %08X: expected success, found NVMCON %08X"
              .formatted(operation, address, state));
    }
  }

  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    byte[] found = new byte[expected.length];
    read(address, found);
    return Programmer.difference(address, expected, found);
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    for (int at = 0; at < into.length; at += 4 * WORDS_AT_ONCE) {
      int[] words = new int[Math.min(WORDS_AT_ONCE, (into.length - at + 3) / 4)];
      stub.load(UNCACHED | address + at, words);
      Words.copy(words, into, at);
    }
  }
}
