package org.vzrig.flasher.icsp;

import java.io.IOException;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/** The longer conversations for adapters that only shift bits. */
public abstract class BitTap implements TapPort {
  private static final int ETAP_DATA = 0x09;
  private static final int ETAP_CONTROL = 0x0A;

  /** Processor access pending, bit 18 of the EJTAG control register. */
  static final int ACCESS_PENDING = 1 << 18;

  private static final int PROBE_ENABLE = 1 << 15;
  private static final int PROBE_TRAP = 1 << 14;
  private static final int POLLS = 150;

  /** For adapters. */
  protected BitTap() {}

  private void waitForAccess() throws IOException {
    instruction(ETAP_CONTROL);
    for (int i = 0; i < POLLS; i++) {
      long control = read(32, ACCESS_PENDING | PROBE_ENABLE | PROBE_TRAP);
      if ((control & ACCESS_PENDING) != 0) {
        return;
      }
      if (i > POLLS / 2) {
        pause(10);
      }
    }
    throw new FlashException(
        Reason.PROTOCOL, "the core does not ask for an instruction (PrAcc stays 0)");
  }

  private void release() throws IOException {
    instruction(ETAP_CONTROL);
    write(32, PROBE_ENABLE | PROBE_TRAP);
  }

  @Override
  public void execute(int... instructions) throws IOException {
    for (int opcode : instructions) {
      waitForAccess();
      instruction(ETAP_DATA);
      write(32, Integer.toUnsignedLong(opcode));
      release();
    }
  }

  @Override
  public int response() throws IOException {
    waitForAccess();
    instruction(ETAP_DATA);
    int word = (int) read(32, 0);
    release();
    return word;
  }

  @Override
  public void takeFastData(int[] into) throws IOException {
    for (int i = 0; i < into.length; i++) {
      long bits = read(33, 0);
      if ((bits & 1) == 0) {
        throw new FlashException(
            Reason.PROTOCOL, "the chip did not offer a word through FASTDATA (PrAcc 0)");
      }
      into[i] = (int) (bits >>> 1);
    }
  }

  /** What {@link #fastData} says when PrAcc was 0. */
  protected static FlashException notTaken() {
    return new FlashException(
        Reason.PROTOCOL, "the chip did not take a word through FASTDATA (PrAcc 0)");
  }
}
