package org.vzrig.flasher.icsp;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Segment;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Operation;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.Target;

/** A part on an adapter that moves its test access port. */
public final class IcspTarget implements Target {
  private final TapPort port;
  private final Ejtag ejtag;
  private final Deadline deadline;
  private final FlashEvent.Listener events;
  private final Optional<Image> executive;
  private final boolean power;
  private final int deviceId;
  private final boolean protectedCode;
  private @Nullable Programming programming;

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
    port.enter();
    deviceId = ejtag.deviceId();
    if (deviceId == 0 || deviceId == -1) {
      throw new FlashException(
          Reason.NO_TARGET, "no part answers through " + port.description() + " (cable, power?)");
    }
    protectedCode = ejtag.waitUntilReady();
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
    boolean mz = Parts.byId(deviceId).filter(p -> p.family() == Family.MZ).isPresent();
    return mz
        ? EnumSet.allOf(Operation.class)
        : EnumSet.complementOf(EnumSet.of(Operation.ERASE_PAGE)); // pages of another size
  }

  @Override
  public int deviceId() {
    return deviceId;
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
    } else if (part.family() == Family.MZ
        || part.family() == Family.MX1
        || part.family() == Family.MX3) {
      events.on(
          new FlashEvent.Note(
              "without Microchip's programming executive (--pe FILE) this takes longer"));
      programming = new DirectProgramming(ejtag, part.family());
    } else {
      throw new FlashException(
          Reason.UNSUPPORTED,
          "%s parts need Microchip's programming executive: --pe FILE"
              .formatted(part.family().key()));
    }
  }

  private static int[] words(Image executive, Family family) throws FlashException {
    if (executive.segments().size() != 1) {
      throw new FlashException(
          Reason.IMAGE,
          "programming executive: expected one segment, found " + executive.segments().size());
    }
    Segment segment = executive.segments().getFirst();
    int[] words = Words.of(java.util.Arrays.copyOf(segment.data(), segment.data().length + 3 & ~3));
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
    Part part =
        Parts.byId(deviceId)
            .orElseThrow(
                () ->
                    new FlashException(
                        Reason.UNKNOWN_PART, "unknown part %08X".formatted(deviceId)));
    ejtag.erase(part.family());
    programming = null;
  }

  @Override
  public void erasePage(int address) throws IOException {
    ready().erasePage(address);
  }

  @Override
  public void program(int address, byte[] block) throws IOException {
    deadline.check("programming");
    ready().row(address, block);
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
  }

  @Override
  public void close() {
    port.close();
  }
}
