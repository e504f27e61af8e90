package org.vzrig.boards.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What one or more firmware files put where. Immutable; no two pieces overlap. */
public final class Image {
  /** An image without bytes. */
  public static final Image EMPTY = new Image(List.of(), OptionalInt.empty(), List.of(), List.of());

  private final List<Segment> pieces;
  private final List<Segment> segments;
  private final OptionalInt entry;
  private final List<Symbol> symbols;
  private final List<String> notes;

  Image(List<Segment> pieces, OptionalInt entry, List<Symbol> symbols, List<String> notes) {
    this.pieces = List.copyOf(pieces);
    this.segments = joined(this.pieces);
    this.entry = entry;
    this.symbols = List.copyOf(symbols);
    this.notes = List.copyOf(notes);
  }

  /** An image of these bytes at physical {@code address}. */
  public static Image of(int address, byte[] data, Origin origin) {
    List<Segment> piece =
        data.length == 0 ? List.of() : List.of(new Segment(address, data.clone(), origin));
    return new Image(piece, OptionalInt.empty(), List.of(), List.of());
  }

  /**
   * The records of the files, in ascending order of address, each with the line that it comes from.
   */
  public List<Segment> pieces() {
    return pieces;
  }

  /** The bytes in as few segments as possible, in ascending order of physical address. */
  public List<Segment> segments() {
    return segments;
  }

  /** Virtual address where execution starts, if a file says so. */
  public OptionalInt entry() {
    return entry;
  }

  /** Symbols of the ELF files. */
  public List<Symbol> symbols() {
    return symbols;
  }

  /** What is worth knowing about the files though nothing is wrong, such as the S0 header. */
  public List<String> notes() {
    return notes;
  }

  /** The first symbol called {@code name}. */
  public Optional<Symbol> symbol(String name) {
    return symbols.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /** Number of bytes. */
  public int size() {
    return segments.stream().mapToInt(s -> s.data().length).sum();
  }

  /** Whether there is a byte for physical {@code address}. */
  public boolean covers(int address) {
    return find(address) >= 0;
  }

  /** The little-endian word at physical {@code address}, if the image holds all four bytes. */
  public OptionalInt word(int address) {
    byte[] bytes = new byte[4];
    return read(address, bytes) == 4
        ? OptionalInt.of(
            bytes[0] & 0xFF
                | (bytes[1] & 0xFF) << 8
                | (bytes[2] & 0xFF) << 16
                | (bytes[3] & 0xFF) << 24)
        : OptionalInt.empty();
  }

  /** Fills {@code into} from physical {@code address} on, and leaves bytes that have none alone. */
  public int read(int address, byte[] into) {
    long start = Integer.toUnsignedLong(address);
    long end = start + into.length;
    int count = 0;
    for (int i = first(start); i < segments.size() && segments.get(i).start() < end; i++) {
      Segment segment = segments.get(i);
      long from = Math.max(start, segment.start());
      long to = Math.min(end, segment.end());
      int length = (int) (to - from);
      System.arraycopy(
          segment.data(), (int) (from - segment.start()), into, (int) (from - start), length);
      count += length;
    }
    return count;
  }

  /** Where the byte at physical {@code address} comes from. */
  public Optional<Origin> origin(int address) {
    long wanted = Integer.toUnsignedLong(address);
    return pieces.stream()
        .filter(p -> p.start() <= wanted && wanted < p.end())
        .map(Segment::origin)
        .findFirst();
  }

  /** Index of the first segment that ends behind {@code start}. */
  private int first(long start) {
    int low = 0;
    int high = segments.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (segments.get(middle).end() > start) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int find(int address) {
    long wanted = Integer.toUnsignedLong(address);
    int i = first(wanted);
    return i < segments.size() && segments.get(i).start() <= wanted ? i : -1;
  }

  private static List<Segment> joined(List<Segment> pieces) {
    List<Segment> joined = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= pieces.size(); i++) {
      if (i == pieces.size() || pieces.get(i).start() != pieces.get(i - 1).end()) {
        joined.add(join(pieces.subList(first, i)));
        first = i;
      }
    }
    return List.copyOf(joined);
  }

  private static Segment join(List<Segment> run) {
    if (run.size() == 1) {
      return run.getFirst();
    }
    long start = run.getFirst().start();
    byte[] data = new byte[(int) (run.getLast().end() - start)];
    for (Segment piece : run) {
      System.arraycopy(piece.data(), 0, data, (int) (piece.start() - start), piece.data().length);
    }
    return new Segment(run.getFirst().address(), data, run.getFirst().origin());
  }

  /** Same bytes at the same addresses, wherever they come from. */
  public boolean sameBytes(Image other) {
    return segments.size() == other.segments.size()
        && java.util.stream.IntStream.range(0, segments.size())
            .allMatch(
                i ->
                    segments.get(i).address() == other.segments.get(i).address()
                        && Arrays.equals(segments.get(i).data(), other.segments.get(i).data()));
  }
}
