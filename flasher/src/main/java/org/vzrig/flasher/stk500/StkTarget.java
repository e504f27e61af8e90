package org.vzrig.flasher.stk500;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageCheck;
import org.vzrig.boards.image.Problem;
import org.vzrig.flasher.Area;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Operation;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Programmer;
import org.vzrig.flasher.Target;
import org.vzrig.hil.serial.SerialLine;

/**
 * A chipKIT boot loader. It erases each 16 KiB page before it first writes to it and, when it
 * leaves, the pages that were not written; pages not erased in the session read as FF.
 */
public final class StkTarget implements Target {
  /** The only packet size that all loaders handle. */
  static final int PAGE = 256;

  /** Bytes that a verification block covers, as pic32prog's do. */
  private static final int BLOCK = 1024;

  private static final Duration SIGN_ON_TIMEOUT = Duration.ofMillis(300);
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  // loaders older than 2013 erase the whole chip at the first packet
  private static final Duration FIRST_PROGRAM_TIMEOUT = Duration.ofSeconds(5);
  // parameters of vzrig's own loader; others answer 0 to what they do not know
  private static final byte HONEST = 0x56;
  private static final byte KEEP = 0x57;
  private static final int FILLER = 300;
  private static final int LONG_FILLER = 1100;
  // up to 128 pages are erased before the answer
  private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(10);
  private static final int LEAVE_ATTEMPTS = 3;

  private final StkLink link;
  private final StkOptions options;
  private final FlashEvent.Listener events;
  private int deviceId;
  private long loadAddress = -1;
  private boolean programmed;
  private boolean honest;
  private boolean keeps;

  private StkTarget(StkLink link, StkOptions options, FlashEvent.Listener events) {
    this.link = link;
    this.options = options;
    this.events = events;
  }

  /**
   * Opens the port, resets the board and waits for its loader.
   *
   * @throws FlashException if no loader answers before the deadline
   */
  public static StkTarget open(
      SerialLine.Opener opener, StkOptions options, Deadline deadline, FlashEvent.Listener events)
      throws IOException {
    for (int opened = 1; ; opened++) {
      deadline.check("looking for a boot loader on " + opener.name() + " (press reset?)");
      SerialLine line = options.reset().openPort(opener, options.baud(), deadline.clock());
      StkTarget target = new StkTarget(new StkLink(line, deadline), options, events);
      try {
        if (target.answers(opener.name())) {
          target.begin();
          return target;
        }
        line.close();
        if (opened >= options.opens()) {
          throw new FlashException(
              Reason.NO_TARGET, "no boot loader answers on " + opener.name() + " (press reset?)");
        }
        events.on(
            new FlashEvent.Note(
                "no boot loader answers on " + opener.name() + "; opening it again (press reset)"));
      } catch (IOException e) {
        line.close();
        throw e;
      }
    }
  }

  /** Whether a loader answers; says what helps if time runs out before. */
  private boolean answers(String port) throws IOException {
    try {
      return signOn();
    } catch (FlashException e) {
      if (e.reason() != Reason.TIMEOUT) {
        throw e;
      }
      throw new FlashException(
          Reason.TIMEOUT, e.text() + "; no boot loader answers on " + port + " (press reset?)", e);
    }
  }

  /** Repeats SIGN_ON until the loader answers or it is time to open the port again. */
  private boolean signOn() throws IOException {
    long start = link.deadline().clock().nanos();
    link.drain();
    while (link.deadline().clock().nanos() - start < options.listen().toNanos()) {
      byte[] reply = link.attempt(new byte[] {StkCommand.SIGN_ON}, SIGN_ON_TIMEOUT);
      if (reply != null && known(reply)) {
        return true;
      }
      if (reply == null) {
        link.recover(new byte[] {StkCommand.SIGN_ON}, FILLER);
      }
    }
    return false;
  }

  private static boolean known(byte[] reply) throws FlashException {
    String name =
        reply.length < 3
            ? ""
            : new String(reply, 3, reply.length - 3, java.nio.charset.StandardCharsets.US_ASCII);
    if (name.equals("STK500_2") || name.equals("AVRISP_2")) {
      return reply[1] == 0;
    }
    throw new FlashException(
        Reason.NO_TARGET,
        "expected STK500_2 or AVRISP_2 as answer to SIGN_ON, found \"%s\""
            .formatted(name.replaceAll("[^ -~]", "?")));
  }

  private void begin() throws IOException {
    if (options.fastBaud() != options.baud()) {
      changeSpeed();
    }
    command("ENTER_PROGMODE", StkCommand.enter(), 2);
    deviceId = readDeviceId();
    honest = command("GET_PARAM", new byte[] {3, HONEST}, 3)[2] == 1;
  }

  /** Asks for a higher speed; a loader that cannot answers without the rate, and both stay. */
  private void changeSpeed() throws IOException {
    byte[] request = StkCommand.setBaud(options.fastBaud());
    byte[] reply = command("SET_BAUD", request, 2);
    boolean accepted =
        reply.length == 6
            && Arrays.equals(Arrays.copyOfRange(reply, 2, 6), Arrays.copyOfRange(request, 1, 5));
    if (accepted) {
      link.line().baud(options.fastBaud());
    }
    events.on(new FlashEvent.Speed(link.line().baud()));
  }

  /** Loaders that do not know their part give back what was stored, hence the marker. */
  private int readDeviceId() throws IOException {
    int marker = 0xDEAF_B00B;
    for (int i = 0; i < 4; i++) {
      command("SET_PARAM", new byte[] {2, (byte) (0x44 + i), (byte) (marker >>> 8 * i)}, 2);
    }
    int id = 0;
    for (int i = 0; i < 4; i++) {
      byte[] reply = command("GET_PARAM", new byte[] {3, (byte) (0x44 + i)}, 3);
      id |= (reply[2] & 0xFF) << 8 * i;
    }
    return id == 0 ? marker : id;
  }

  @Override
  public String description() {
    return "STK500v2 Bootloader";
  }

  @Override
  public Set<Operation> operations() {
    EnumSet<Operation> operations =
        EnumSet.of(Operation.PROBE, Operation.PROGRAM, Operation.VERIFY);
    if (honest) {
      operations.add(Operation.READ);
      operations.add(Operation.ERASE_PAGE);
    }
    return operations;
  }

  @Override
  public int deviceId() {
    return deviceId;
  }

  @Override
  public List<Area> areas() {
    return List.of(new Area(Part.FLASH, Part.FLASH + (2 << 20) - 1));
  }

  @Override
  public int blockBytes(Part part) {
    return BLOCK;
  }

  @Override
  public boolean writesBoot() {
    return false;
  }

  /** An image that begins where the loader looks for its header must have the right base there. */
  @Override
  public List<Problem> check(Image image) {
    return honest
        ? List.of()
        : ImageCheck.redirects(image, Boards.WIFIRE.loader().orElseThrow(), Part.FLASH);
  }

  /** CHIP_ERASE is never sent: loaders ignore it, and an early one never answered it. */
  @Override
  public void erase() throws IOException {
    command("ENTER_PROGMODE", StkCommand.enter(), 2);
  }

  @Override
  public void program(int address, byte[] block) throws IOException {
    for (int at = 0; at < block.length; at += PAGE) {
      byte[] page = Arrays.copyOfRange(block, at, at + PAGE);
      if (!blank(page)) {
        if (!programmed && redirects(address + at, page)) {
          programPage(address + at, Arrays.copyOf(page, PAGE / 2));
          programPage(address + at + PAGE / 2, Arrays.copyOfRange(page, PAGE / 2, PAGE));
        } else {
          programPage(address + at, page);
        }
      }
    }
  }

  /**
   * A loader takes the word at F8 of a first packet of 256 bytes as image base, but not of a half.
   */
  private boolean redirects(int address, byte[] page) {
    int base = Programmer.word(page, 0xF8);
    return !honest && (address & 0x1FF) == 0 && base != -1 && base >>> 16 != 0x9D00;
  }

  private static boolean blank(byte[] page) {
    for (byte b : page) {
      if (b != -1) {
        return false;
      }
    }
    return true;
  }

  private void programPage(int address, byte[] page) throws IOException {
    byte[] request = StkCommand.program(page);
    Duration timeout = programmed ? TIMEOUT : FIRST_PROGRAM_TIMEOUT;
    addressed("PROGRAM_FLASH", address, request, 2, timeout);
    programmed = true;
    loadAddress = Integer.toUnsignedLong(address) + page.length;
  }

  @Override
  public List<Mismatch> verify(int address, byte[] expected) throws IOException {
    List<Mismatch> mismatches = new ArrayList<>();
    for (int at = 0; at < expected.length; at += PAGE) {
      byte[] page = Arrays.copyOfRange(expected, at, at + PAGE);
      if (!blank(page)) {
        mismatches.addAll(Programmer.difference(address + at, page, readPage(address + at)));
      }
    }
    return mismatches;
  }

  private byte[] readPage(int address) throws IOException {
    byte[] reply = addressed("READ_FLASH", address, StkCommand.read(PAGE), PAGE + 3, TIMEOUT);
    loadAddress = Integer.toUnsignedLong(address) + PAGE;
    return Arrays.copyOfRange(reply, 2, 2 + PAGE);
  }

  @Override
  public void read(int address, byte[] into) throws IOException {
    if (!honest) {
      throw new FlashException(
          Reason.UNSUPPORTED,
          "chipKIT boot loaders show pages that they have not erased in the session as FF, so they"
              + " cannot be read");
    }
    for (int at = 0; at < into.length; at += PAGE) {
      byte[] page = readPage(address + at);
      System.arraycopy(page, 0, into, at, Math.min(PAGE, into.length - at));
    }
  }

  /** The loader erases a page when it is first written to; what matters is to keep the others. */
  @Override
  public void erasePage(int address) {
    keeps = true;
  }

  @Override
  public void keepOthers() {
    keeps = true;
  }

  /** A command that works at the load address, which moves on even when the reply gets lost. */
  private byte[] addressed(String name, int address, byte[] request, int length, Duration timeout)
      throws IOException {
    for (int attempt = 0; ; attempt++) {
      if (loadAddress != Integer.toUnsignedLong(address)) {
        command("LOAD_ADDRESS", StkCommand.loadAddress(address), 2);
      }
      loadAddress = -1;
      byte[] reply = link.attempt(request, timeout);
      if (reply != null && reply.length >= length && reply[1] == 0) {
        loadAddress = Integer.toUnsignedLong(address);
        return reply;
      }
      failed("%s at %08X".formatted(name, address), request, reply, attempt);
    }
  }

  private byte[] command(String name, byte[] request, int length) throws IOException {
    for (int attempt = 0; ; attempt++) {
      byte[] reply = link.attempt(request, TIMEOUT);
      if (reply != null && reply.length >= length && reply[1] == 0) {
        return reply;
      }
      failed(name, request, reply, attempt);
    }
  }

  /** Gets back into step, or gives up after the last attempt. */
  private void failed(
      String name, byte[] request, byte @org.jspecify.annotations.Nullable [] reply, int attempt)
      throws IOException {
    String found =
        reply == null
            ? "no answer"
            : reply.length < 2 || reply[1] == 0
                ? "an answer of %d bytes".formatted(reply.length)
                : "status %02X".formatted(reply[1] & 0xFF);
    if (attempt >= options.retries()) {
      throw new FlashException(
          Reason.PROTOCOL,
          "%s: expected status 00, found %s, %d times".formatted(name, found, attempt + 1));
    }
    events.on(new FlashEvent.Note("%s: %s; repeating".formatted(name, found)));
    link.recover(request, attempt == 0 ? FILLER : LONG_FILLER);
  }

  @Override
  public Optional<String> likelyCause(List<Mismatch> mismatches) {
    boolean allErased = mismatches.stream().allMatch(m -> m.found() == -1);
    if (allErased && !programmed) {
      return Optional.of(
          "the boot loader shows pages that it has not written in this session as FF, so verifying"
              + " without programming cannot work");
    }
    if (allErased) {
      return Optional.of("the pages were not written: is the image redirected by its word at F8?");
    }
    boolean onlyCleared = mismatches.stream().allMatch(m -> (m.found() & ~m.expected()) == 0);
    return onlyCleared
        ? Optional.of("bits are 0 that should be 1: the pages were not erased before writing")
        : Optional.empty();
  }

  /**
   * Starts the application. The loader first erases every page that was not written, unless the
   * image's header says otherwise, and answers only then: a session that has written nothing must
   * not leave this way, or it would empty the board.
   */
  @Override
  public void finish(boolean start) throws IOException {
    if (honest && (keeps || !programmed)) {
      command("SET_PARAM", new byte[] {2, KEEP, 1}, 2);
    } else if (!programmed) {
      events.on(new FlashEvent.Note("nothing was written; reset the board to start its program"));
      return;
    }
    // no filler between the attempts: an application that runs already would read it
    for (int attempt = 0; attempt < LEAVE_ATTEMPTS; attempt++) {
      byte[] reply = link.attempt(new byte[] {StkCommand.LEAVE, 1, 1}, LEAVE_TIMEOUT);
      if (reply != null && reply.length >= 2 && reply[1] == 0) {
        return;
      }
    }
    throw new FlashException(
        Reason.NOT_STARTED,
        "the image is in flash, but the boot loader did not confirm LEAVE_PROGMODE: it may not have"
            + " erased the unused pages, and the application may not run; reset the board");
  }

  @Override
  public void close() {
    link.line().close();
  }
}
