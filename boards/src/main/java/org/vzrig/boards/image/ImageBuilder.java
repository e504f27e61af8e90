package org.vzrig.boards.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** Collects records and problems, then makes an {@link Image} or refuses. */
public final class ImageBuilder {
  private static final int MOST_PROBLEMS = 100;

  private final List<Segment> records = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Symbol> symbols = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private OptionalInt entry = OptionalInt.empty();

  /**
   * Adds bytes at {@code address}, virtual or physical; it is folded to the physical one that
   * {@link Addresses} describes. The array must not change afterwards.
   */
  public ImageBuilder add(int address, byte[] data, Origin origin) {
    int physical = Addresses.physical(address);
    if (Integer.toUnsignedLong(physical) + data.length > 1L << 32) {
      return problem(Problem.at(origin, address, "data runs over the end of the address space"));
    }
    if (data.length > 0) {
      records.add(new Segment(physical, data, origin));
    }
    return this;
  }

  /** Adds everything that {@code image} holds; its entry counts if there is none yet. */
  public ImageBuilder add(Image image) {
    records.addAll(image.pieces());
    symbols.addAll(image.symbols());
    notes.addAll(image.notes());
    return entry.isEmpty() && image.entry().isPresent() ? entry(image.entry().getAsInt()) : this;
  }

  /** Sets the virtual address where execution starts. */
  public ImageBuilder entry(int address) {
    entry = OptionalInt.of(address);
    return this;
  }

  /** Adds a symbol. */
  public ImageBuilder symbol(Symbol symbol) {
    symbols.add(symbol);
    return this;
  }

  /** Adds something worth knowing. */
  public ImageBuilder note(String note) {
    notes.add(note);
    return this;
  }

  /** Adds a problem; {@link #build} will refuse. */
  public ImageBuilder problem(Problem problem) {
    problems.add(problem);
    return this;
  }

  /** Whether so much is wrong that reading on would tell nobody anything. */
  boolean hopeless() {
    return problems.size() >= MOST_PROBLEMS;
  }

  /** Whether {@link #build} would refuse already. */
  public boolean failed() {
    return !problems.isEmpty();
  }

  /**
   * The image of everything added.
   *
   * @throws ImageException if a problem was added, or if records give one address different bytes
   */
  public Image build() throws ImageException {
    List<Segment> pieces = disjoint();
    if (failed()) {
      throw new ImageException(problems);
    }
    return new Image(pieces, entry, symbols, notes);
  }

  /** The records in order of address, without the bytes that an earlier one has given. */
  private List<Segment> disjoint() {
    List<Segment> sorted = new ArrayList<>(records);
    sorted.sort(Comparator.comparingLong(Segment::start));
    List<Segment> pieces = new ArrayList<>(sorted.size());
    for (Segment record : sorted) {
      long end = pieces.isEmpty() ? 0 : pieces.getLast().end();
      if (record.start() >= end) {
        pieces.add(record);
        continue;
      }
      for (int i = pieces.size() - 1; i >= 0 && pieces.get(i).end() > record.start(); i--) {
        compare(pieces.get(i), record);
      }
      if (record.end() > end) {
        pieces.add(tail(record, (int) (end - record.start())));
      }
    }
    return pieces;
  }

  private static Segment tail(Segment record, int skip) {
    byte[] rest = java.util.Arrays.copyOfRange(record.data(), skip, record.data().length);
    return new Segment(record.address() + skip, rest, record.origin());
  }

  private void compare(Segment first, Segment second) {
    long from = Math.max(first.start(), second.start());
    long to = Math.min(first.end(), second.end());
    int differing = 0;
    long at = 0;
    for (long a = to - 1; a >= from; a--) {
      if (byteAt(first, a) != byteAt(second, a)) {
        differing++;
        at = a;
      }
    }
    if (differing > 0) {
      problems.add(conflict(first, second, at, differing));
    }
  }

  private static Problem conflict(Segment first, Segment second, long at, int differing) {
    return Problem.at(
        second.origin(),
        (int) at,
        "overlaps %s with different bytes: %02X there, %02X here (%d differ)"
            .formatted(first.origin(), byteAt(first, at), byteAt(second, at), differing));
  }

  private static int byteAt(Segment segment, long address) {
    return segment.data()[(int) (address - segment.start())] & 0xFF;
  }
}
