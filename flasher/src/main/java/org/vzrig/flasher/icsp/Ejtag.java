package org.vzrig.flasher.icsp;

import java.io.IOException;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;

/** What MTAP and ETAP are told, from the chip's identity to instructions for its core. */
final class Ejtag {
  private static final int SELECT_MTAP = 0x04;
  private static final int SELECT_ETAP = 0x05;
  private static final int MTAP_IDCODE = 0x01;
  private static final int MTAP_COMMAND = 0x07;
  private static final int ETAP_DATA = 0x09;
  private static final int ETAP_CONTROL = 0x0A;
  private static final int ETAP_EJTAGBOOT = 0x0C;
  private static final int ETAP_FASTDATA = 0x0E;

  private static final int STATUS = 0x00;
  private static final int ASSERT_RESET = 0xD1;
  private static final int RELEASE_RESET = 0xD0;
  private static final int ERASE = 0xFC;
  private static final int FLASH_ENABLE = 0xFE;

  private static final int NOT_PROTECTED = 0x80;
  private static final int READY = 0x08;
  private static final int BUSY = 0x04;

  private static final int ACCESS_PENDING = 1 << 18;
  private static final int PROBE_ENABLE = 1 << 15;
  private static final int PROBE_TRAP = 1 << 14;

  private static final int POLLS = 150;
  private static final int ERASE_POLLS = 400;

  private final TapPort port;

  Ejtag(TapPort port) {
    this.port = port;
  }

  TapPort port() {
    return port;
  }

  /** DEVID as the TAP shows it after reset. */
  int deviceId() throws IOException {
    port.reset();
    port.instruction(SELECT_MTAP);
    port.instruction(MTAP_IDCODE);
    return (int) port.read(32, 0);
  }

  private int command(int command) throws IOException {
    return (int) port.read(8, command);
  }

  private void selectCommands() throws IOException {
    port.instruction(SELECT_MTAP);
    port.instruction(MTAP_COMMAND);
  }

  /**
   * Waits until the configuration words are loaded.
   *
   * @return whether the part is code protected, so that it can only be erased
   */
  boolean waitUntilReady() throws IOException {
    selectCommands();
    int status = 0;
    for (int i = 0; i < POLLS; i++) {
      status = command(STATUS);
      if ((status & (READY | BUSY)) == READY) {
        return (status & NOT_PROTECTED) == 0;
      }
      port.pause(10);
    }
    throw new FlashException(
        Reason.NO_TARGET,
        "expected a part whose configuration is ready, found status %02X (is it connected and"
                .formatted(status)
            + " powered?)");
  }

  /** Erases the whole chip. The MZ begins only when its reset is released. */
  void erase(Family family) throws IOException {
    selectCommands();
    port.write(8, ERASE);
    if (family == Family.MZ) {
      port.write(8, RELEASE_RESET);
    }
    int status = 0;
    for (int i = 0; i < ERASE_POLLS; i++) {
      port.pause(10);
      status = command(STATUS);
      if ((status & (READY | BUSY)) == READY) {
        return;
      }
    }
    throw new FlashException(
        Reason.PROTOCOL, "erasing did not end: found status %02X".formatted(status));
  }

  /** Starts the core in debug mode, fetching its instructions from us. */
  void enterSerialExecution(Family family) throws IOException {
    if (waitUntilReady()) {
      throw new FlashException(
          Reason.UNSUPPORTED,
          "the part is code protected: it can only be erased (which unprotects)");
    }
    port.write(8, ASSERT_RESET);
    port.instruction(SELECT_ETAP);
    port.instruction(ETAP_EJTAGBOOT);
    selectCommands();
    port.write(8, RELEASE_RESET);
    if (family == Family.MX1 || family == Family.MX3) {
      port.write(8, FLASH_ENABLE);
    }
    port.instruction(SELECT_ETAP);
  }

  /** Waits until the core wants something from us. */
  private void waitForAccess() throws IOException {
    port.instruction(ETAP_CONTROL);
    for (int i = 0; i < POLLS; i++) {
      long control = port.read(32, ACCESS_PENDING | PROBE_ENABLE | PROBE_TRAP);
      if ((control & ACCESS_PENDING) != 0) {
        return;
      }
      if (i > POLLS / 2) {
        port.pause(10);
      }
    }
    throw new FlashException(
        Reason.PROTOCOL, "the core does not ask for an instruction (PrAcc stays 0)");
  }

  private void release() throws IOException {
    port.instruction(ETAP_CONTROL);
    port.write(32, PROBE_ENABLE | PROBE_TRAP);
  }

  /** Lets the core execute {@code instructions}, one after the other. */
  void execute(int... instructions) throws IOException {
    for (int instruction : instructions) {
      waitForAccess();
      port.instruction(ETAP_DATA);
      port.write(32, Integer.toUnsignedLong(instruction));
      release();
    }
  }

  /** Takes a word that the core stores to us. */
  int response() throws IOException {
    waitForAccess();
    port.instruction(ETAP_DATA);
    int word = (int) port.read(32, 0);
    release();
    return word;
  }

  /** Gives the core words that it loads from the fast data area. */
  void fastData(int... words) throws IOException {
    port.instruction(ETAP_FASTDATA);
    port.fastData(words);
  }

  /** Takes words that the core stores to the fast data area. */
  void takeFastData(int[] into) throws IOException {
    port.instruction(ETAP_FASTDATA);
    for (int i = 0; i < into.length; i++) {
      long bits = port.read(33, 0);
      if ((bits & 1) == 0) {
        throw new FlashException(
            Reason.PROTOCOL, "the chip did not offer a word through FASTDATA (PrAcc 0)");
      }
      into[i] = (int) (bits >>> 1);
    }
  }

  /** Goes back to normal boot. */
  void leave() throws IOException {
    port.instruction(SELECT_ETAP);
    port.reset();
  }
}
