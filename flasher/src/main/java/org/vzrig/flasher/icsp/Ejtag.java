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

  /** PrAcc, ProbEn and ProbTrap: reads the control register and lets the access wait. */
  private static final int CONTROL_READ = 0x4_C000;

  private static final int POLLS = 150;
  private static final int DEBUG_POLLS = 11;
  private static final int ENTRIES = 20;
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

  /** Erases the whole chip. Parts younger than the MX begin only when their reset is released. */
  void erase(Family family) throws IOException {
    selectCommands();
    port.write(8, ERASE);
    if (!family.mx()) {
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
    for (int i = 0; !startInDebugMode(family); i++) {
      if (i >= ENTRIES || !port.recover(family)) {
        throw new FlashException(
            Reason.PROTOCOL,
            "the core does not start in debug mode (expected PrAcc in EJTAG control, found 0)");
      }
      port.reset();
    }
  }

  /** Whether the core, started in debug mode, asks for its first instruction. */
  private boolean startInDebugMode(Family family) throws IOException {
    selectCommands();
    boolean byLine = port.holdReset(true);
    if (!byLine) {
      port.write(8, ASSERT_RESET);
    }
    port.instruction(SELECT_ETAP);
    port.instruction(ETAP_EJTAGBOOT);
    selectCommands();
    if (byLine) {
      port.holdReset(false);
    } else {
      port.write(8, RELEASE_RESET);
    }
    if (family.mx()) {
      port.write(8, FLASH_ENABLE);
    }
    port.instruction(SELECT_ETAP);
    port.instruction(ETAP_CONTROL);
    for (int i = 0; i < DEBUG_POLLS; i++) {
      if ((port.read(32, CONTROL_READ) & BitTap.ACCESS_PENDING) != 0) {
        return true;
      }
      port.pause(10);
    }
    return false;
  }

  /** Lets the core execute {@code instructions}, one after the other. */
  void execute(int... instructions) throws IOException {
    port.execute(instructions);
  }

  /** Takes a word that the core stores to us. */
  int response() throws IOException {
    return port.response();
  }

  /** Takes several such words. */
  void responses(int[] into) throws IOException {
    port.responses(into);
  }

  /** Lets the core of an MX run code from RAM: the bus matrix allows it only from BMXDKPBA on. */
  void executableRam(Mips mips) throws IOException {
    mips.poke(0xBF88_2000, 0x001F_0040); // BMXCON
    mips.poke(0xBF88_2010, 0x800); // BMXDKPBA
    int size = mips.peek(0xBF88_2040); // BMXDRMSZ
    mips.poke(0xBF88_2020, size); // BMXDUDBA
    mips.poke(0xBF88_2030, size); // BMXDUPBA
  }

  /** Gives the core words that it loads from the fast data area. */
  void fastData(int... words) throws IOException {
    port.instruction(ETAP_FASTDATA);
    port.fastData(words);
  }

  /** Takes words that the core stores to the fast data area. */
  void takeFastData(int[] into) throws IOException {
    port.instruction(ETAP_FASTDATA);
    port.takeFastData(into);
  }

  /** Goes back to normal boot. */
  void leave() throws IOException {
    port.instruction(SELECT_ETAP);
    port.reset();
  }
}
