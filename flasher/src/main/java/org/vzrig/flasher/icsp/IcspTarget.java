package org.vzrig.flasher.icsp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Segment;
import org.vzrig.flasher.Block;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Operation;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Target;

/** A part on an adapter that moves its test access port. */
public final class IcspTarget implements Target {
  /** Bits 11:0 of every PIC32's DEVID. */
  private static final int MICROCHIP = 0x053;

  /** Rows with no more units than this are written unit by unit, as the configuration words are. */
  private static final int FEW_UNITS = 8;

  private final TapPort port;
  private final Ejtag ejtag;
  private final Deadline deadline;
  private final FlashEvent.Listener events;
  private final Optional<Image> executive;
  private final boolean power;
  private final int deviceId;
  private final boolean protectedCode;
  private @Nullable Programming programming;
  private Family family = Family.BOOTLOADER;
  private boolean left;

  private IcspTarget(
      TapPort port,
      Deadline deadline,
      FlashEvent.Listener events,
      Optional<Image> executive,
      boolean power)
      throws IOException {
    this.port = port;
    this.deadline = deadline;
    this.events = events;
    this.executive = executive;
    this.power = power;
    ejtag = new Ejtag(port);
    deviceId = enter();
    protectedCode = ejtag.waitUntilReady();
  }

  /** Enters programming mode until Microchip's manufacturer code 053 shows in DEVID. */
  private int enter() throws IOException {
    int id = 0;
    for (int i = 0; i < port.entries(); i++) {
      deadline.check("entering programming mode");
      port.enter();
      id = ejtag.deviceId();
      if ((id & 0xFFF) == MICROCHIP) {
        return id;
      }
    }
    throw new FlashException(
        Reason.NO_TARGET,
        "no part answers through %s (cable, power?): expected a DEVID that ends in 053, found %08X"
            .formatted(port.description(), id));
  }

  /**
   * Enters programming mode; closes {@code port} if no part answers.
   *
   * @param executive Microchip's programming executive, if the user has it
   * @param power whether the part stays powered in the end
   */
  public static IcspTarget open(
      TapPort port,
      Deadline deadline,
      FlashEvent.Listener events,
      Optional<Image> executive,
      boolean power)
      throws IOException {
    try {
      return new IcspTarget(port, deadline, events, executive, power);
    } catch (IOException e) {
      port.close();
      throw e;
    }
  }

  @Override
  public String description() {
    return port.description();
  }

  /** A protected part can only be erased. */
  @Override
  public Set<Operation> operations() {
    if (protectedCode) {
      return EnumSet.of(Operation.PROBE, Operation.ERASE);
    }
    return EnumSet.allOf(Operation.class);
  }

  @Override
  public int deviceId() {
    return deviceId;
  }

  @Override
  public void identified(Part part) {
    family = part.family();
  }

  @Override
  public int blockBytes(Part part) {
    return part.family().rowBytes();
  }

  @Override
  public boolean writesBoot() {
    return true;
  }

  @Override
  public void prepare(Part part) throws IOException {
    if (programming != null) {
      return;
    }
    deadline.check("starting the part's core");
    ejtag.enterSerialExecution(part.family());
    if (executive.isPresent()) {
      programming = new Executive(ejtag, part.family(), words(executive.get(), part.family()));
    } else {
      events.on(
          new FlashEvent.Note(
              "without Microchip's programming executive (--pe FILE) this takes longer"));
      programming = new DirectProgramming(ejtag, part.family());
    }
  }

  private static int[] words(Image executive, Family family) throws FlashException {
    if (executive.segments().size() != 1) {
      throw new FlashException(
          Reason.IMAGE,
          "programming executive: expected one segment, found " + executive.segments().size());
    }
    Segment segment = executive.segments().getFirst();
    int[] words = Words.of(Arrays.copyOf(segment.data(), segment.data().length + 3 & ~3));
    if (words.length != family.executiveWords()) {
      throw new FlashException(
          Reason.IMAGE,
          "programming executive: expected %d words for the %s family, found %d"
              .formatted(family.executiveWords(), family.key(), words.length));
    }
    return words;
  }

  private Programming ready() {
    if (programming == null) {
      throw new IllegalStateException("prepare was not called");
    }
    return programming;
  }

  @Override
  public void erase() throws IOException {
    deadline.check("erasing");
    ejtag.erase(family);
    programming = null;
  }

  @Override
  public void erasePage(int address) throws IOException {
    ready().erasePage(address);
  }

  @Override
  public void program(int address, byte[] block) throws IOException {
    deadline.check("programming");
    List<Integer> units = units(block);
    if (units.size() > FEW_UNITS) {
      ready().row(address, block);
      return;
    }
    int[] words = Words.of(block);
    int length = FlashController.of(family).unitWords();
    for (int at : units) {
      ready().unit(panel(address + 4 * at), Arrays.copyOfRange(words, at, at + length));
    }
  }

  /** Where in {@code block}, in words, the units begin that are not all ones. */
  private List<Integer> units(byte[] block) {
    int length = 4 * FlashController.of(family).unitWords();
    List<Integer> units = new ArrayList<>();
    for (int at = 0; at < block.length; at += length) {
      if (!new Block(at, Arrays.copyOfRange(block, at, at + length)).blank()) {
        units.add(at / 4);
      }
    }
    return units;
  }

  /** The MK wants its configuration words written by the addresses of the panels. */
  private int panel(int address) {
    boolean alias = Integer.compareUnsigned(address - Part.BOOT, 0x4_0000) < 0;
    return family == Family.MK && alias ? address + 0x4_0000 : address;
  }

  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    deadline.check("verifying");
    return ready().verify(address, expected);
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    ready().read(address, into);
  }

  @Override
  public void finish(boolean start) throws IOException {
    ejtag.leave();
    port.leave(power);
    left = true;
  }

  /** Lets the part go even if something went wrong: out of programming mode, power as asked. */
  @Override
  public void close() {
    try (port) {
      if (!left) {
        deadline.afterwards(() -> finish(false));
      }
    } catch (IOException e) {
      events.on(new FlashEvent.Note("the part was not let go: " + e.getMessage()));
    }
  }
}
