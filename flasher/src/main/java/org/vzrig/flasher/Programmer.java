package org.vzrig.flasher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.IntFunction;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.flasher.FlashEvent.Phase;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Plan.Erase;

/** Carries out plans on an open target and tells what happens. */
public final class Programmer {
  /** Differences that a report lists. */
  static final int REPORTED = 16;

  private final Target target;
  private final Part part;
  private final Deadline deadline;
  private final FlashEvent.Listener events;

  /** For {@code target}, whose part is {@code part}. */
  public Programmer(Target target, Part part, Deadline deadline, FlashEvent.Listener events) {
    this.target = target;
    this.part = part;
    this.deadline = deadline;
    this.events = events;
  }

  /**
   * The part behind {@code target}.
   *
   * @param parts the table of parts by their DEVID
   * @throws FlashException if the table does not know it
   */
  public static Part identify(Target target, IntFunction<Optional<Part>> parts)
      throws FlashException {
    Part part =
        parts
            .apply(target.deviceId())
            .filter(p -> target.deviceId() != 0)
            .orElseThrow(
                () ->
                    new FlashException(
                        Reason.UNKNOWN_PART,
                        "expected the DEVID of a PIC32, found %08X".formatted(target.deviceId())));
    if (part.family() != Family.BOOTLOADER || target.areas().isEmpty()) {
      return part;
    }
    Area area = target.areas().getFirst();
    return new Part(part.name(), part.id(), area.last() + 1 - Part.FLASH, part.family());
  }

  /**
   * The configuration words, where the target can read boot flash.
   *
   * @throws IOException if reading fails
   */
  public Optional<FlashEvent.Configured> configuration() throws IOException {
    boolean readable = target.writesBoot() && target.operations().contains(Operation.READ);
    SequencedMap<String, Integer> addresses = ConfigurationWords.of(part.family());
    if (!readable || addresses.isEmpty()) {
      return Optional.empty();
    }
    target.prepare(part);
    SequencedMap<String, Integer> words = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> word : addresses.entrySet()) {
      byte[] bytes = new byte[4];
      target.read(word.getValue(), bytes);
      words.put(word.getKey(), word(bytes, 0));
    }
    return Optional.of(new FlashEvent.Configured(part, words));
  }

  /** The plan for {@code image}; {@link Planner} says what is refused. */
  public Plan plan(Image image, boolean changedOnly, boolean force) throws ImageException {
    Plan plan = new Planner(part, target, force).plan(image, changedOnly);
    events.on(new FlashEvent.Planned(plan));
    return plan;
  }

  /** Erases the whole chip. */
  public void erase() throws IOException {
    require(Operation.ERASE, "erase");
    long start = began(Phase.ERASE, 0, 0);
    target.erase();
    ended(Phase.ERASE, 0, start);
  }

  /**
   * Erases and writes as {@code plan} says, then compares everything.
   *
   * @param verify whether to compare
   * @return what to tell when the target has been left, too
   * @throws FlashException with reason VERIFY if flash does not hold the image afterwards
   */
  public FlashEvent.Finished program(Plan plan, boolean verify) throws IOException {
    require(Operation.PROGRAM, "program");
    if (verify) {
      require(Operation.VERIFY, "verify");
    }
    long start = now();
    Plan now = plan.erase() == Erase.CHANGED_PAGES ? onlyChanged(plan) : plan;
    if (now.erase() != Erase.CHANGED_PAGES) {
      eraseFor(now);
    }
    target.prepare(part);
    write(Phase.PROGRAM_FLASH, now.flash());
    write(Phase.PROGRAM_BOOT, now.boot());
    if (verify) {
      compare(now);
    }
    return new FlashEvent.Finished(plan.dataBytes(), millisSince(start));
  }

  /** Compares flash with {@code plan} and changes nothing; returns what to tell at the end. */
  public FlashEvent.Finished verify(Plan plan) throws IOException {
    require(Operation.VERIFY, "verify");
    long start = now();
    target.prepare(part);
    compare(plan);
    return new FlashEvent.Finished(plan.dataBytes(), millisSince(start));
  }

  /** Reads {@code length} bytes from physical {@code address}. */
  public byte[] read(int address, int length) throws IOException {
    require(Operation.READ, "read flash of");
    target.prepare(part);
    int step = target.blockBytes(part);
    long start = began(Phase.READ, length, (length + step - 1) / step);
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at += step) {
      deadline.check("reading %08X".formatted(address + at));
      byte[] block = new byte[Math.min(step, length - at)];
      target.read(address + at, block);
      System.arraycopy(block, 0, bytes, at, block.length);
      events.on(new FlashEvent.Advanced(Phase.READ, at + block.length, length));
    }
    ended(Phase.READ, length, start);
    return bytes;
  }

  private void require(Operation operation, String doing) throws FlashException {
    if (!target.operations().contains(operation)) {
      throw new FlashException(
          Reason.UNSUPPORTED, "cannot %s a part through %s".formatted(doing, target.description()));
    }
  }

  private void eraseFor(Plan plan) throws IOException {
    if (plan.erase() == Erase.CHIP || plan.erase() == Erase.BY_LOADER) {
      long start = began(Phase.ERASE, 0, 0);
      target.erase();
      ended(Phase.ERASE, 0, start);
    }
  }

  /** Leaves out blocks of pages that hold the right bytes already, and erases the others. */
  private Plan onlyChanged(Plan plan) throws IOException {
    require(Operation.READ, "compare the pages of");
    require(Operation.ERASE_PAGE, "erase single pages of");
    target.prepare(part);
    target.keepOthers();
    Set<Integer> changed = new HashSet<>();
    for (Block block : plan.blocks()) {
      deadline.check("comparing %08X".formatted(block.address()));
      int page = page(block.address());
      if (!changed.contains(page) && !target.verify(block.address(), block.data()).isEmpty()) {
        changed.add(page);
      }
    }
    for (int page : changed) {
      deadline.check("erasing %08X".formatted(page));
      target.erasePage(page);
    }
    List<String> notes = new ArrayList<>(plan.notes());
    notes.add("unchanged pages: " + unchanged(plan, changed));
    return new Plan(
        part,
        Erase.CHANGED_PAGES,
        in(plan.flash(), changed),
        in(plan.boot(), changed),
        plan.dataBytes(),
        notes);
  }

  private int page(int address) {
    return address & -part.family().pageBytes();
  }

  private long unchanged(Plan plan, Set<Integer> changed) {
    return plan.blocks().stream()
        .map(b -> page(b.address()))
        .distinct()
        .filter(p -> !changed.contains(p))
        .count();
  }

  private List<Block> in(List<Block> blocks, Set<Integer> pages) {
    return blocks.stream().filter(b -> pages.contains(page(b.address()))).toList();
  }

  private void write(Phase phase, List<Block> blocks) throws IOException {
    if (blocks.isEmpty()) {
      return;
    }
    int total = bytes(blocks);
    long start = began(phase, total, blocks.size());
    int done = 0;
    for (Block block : blocks) {
      deadline.check("programming %08X".formatted(block.address()));
      target.program(block.address(), block.data());
      done += block.data().length;
      events.on(new FlashEvent.Advanced(phase, done, total));
    }
    ended(phase, total, start);
  }

  private void compare(Plan plan) throws IOException {
    List<Mismatch> mismatches = new ArrayList<>();
    compare(Phase.VERIFY_FLASH, plan.flash(), mismatches);
    compare(Phase.VERIFY_BOOT, plan.boot(), mismatches);
    if (!mismatches.isEmpty()) {
      String cause = target.likelyCause(mismatches).orElse("");
      events.on(new FlashEvent.Differs(mismatches, cause));
      throw new FlashException(
          Reason.VERIFY,
          "flash does not hold the image: %s%s"
              .formatted(mismatches.getFirst(), cause.isEmpty() ? "" : " (" + cause + ")"));
    }
  }

  private void compare(Phase phase, List<Block> blocks, List<Mismatch> mismatches)
      throws IOException {
    if (blocks.isEmpty() || mismatches.size() >= REPORTED) {
      return;
    }
    int total = bytes(blocks);
    long start = began(phase, total, blocks.size());
    int done = 0;
    for (Block block : blocks) {
      deadline.check("verifying %08X".formatted(block.address()));
      mismatches.addAll(target.verify(block.address(), block.data()));
      if (mismatches.size() >= REPORTED) {
        return;
      }
      done += block.data().length;
      events.on(new FlashEvent.Advanced(phase, done, total));
    }
    if (mismatches.isEmpty()) {
      ended(phase, total, start);
    }
  }

  /** The first words that differ, for targets that compare by reading. */
  public static List<Mismatch> difference(int address, byte[] expected, byte[] found) {
    List<Mismatch> mismatches = new ArrayList<>();
    if (Arrays.equals(expected, found)) {
      return mismatches;
    }
    for (int at = 0; at < expected.length && mismatches.size() < REPORTED; at += 4) {
      int wanted = word(expected, at);
      int have = word(found, at);
      if (wanted != have) {
        mismatches.add(new Mismatch(address + at, wanted, have, 4));
      }
    }
    return mismatches;
  }

  /** The little-endian word at {@code at}. */
  public static int word(byte[] bytes, int at) {
    return bytes[at] & 0xFF
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | (bytes[at + 3] & 0xFF) << 24;
  }

  private static int bytes(List<Block> blocks) {
    return blocks.stream().mapToInt(b -> b.data().length).sum();
  }

  private long now() {
    return deadline.clock().nanos();
  }

  private long millisSince(long start) {
    return Math.max(1, (now() - start) / 1_000_000);
  }

  private long began(Phase phase, int bytes, int blocks) {
    events.on(new FlashEvent.Began(phase, bytes, blocks));
    return now();
  }

  private void ended(Phase phase, int bytes, long start) {
    events.on(new FlashEvent.Ended(phase, bytes, millisSince(start)));
  }
}
