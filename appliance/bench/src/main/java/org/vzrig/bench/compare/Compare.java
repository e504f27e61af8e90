package org.vzrig.bench.compare;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.vzrig.bench.compare.Kernel.Kind;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;

/**
 * Runs the same kernels, as the same object code, on our machine and on QEMU's Malta board in turn,
 * and prints the ratios of their speeds: median, least and greatest of the rounds, and whether the
 * floors are met.
 */
public final class Compare {
  private static final int BATCHES = 3;
  private static final int TEXT = 0x1FC0_0000;

  private final Options options;
  private final List<Row> rows = new ArrayList<>();

  /** Ratios of one kernel, in ascending order, with the two rates in batches a second. */
  private record Row(Kernel kernel, double[] ratios, double ours, double theirs) {
    double median() {
      return ratios[ratios.length / 2];
    }

    boolean meets(double floor) {
      return median() >= floor;
    }
  }

  private Compare(Options options) {
    this.options = options;
  }

  /** {@code compare [kernels=LETTERS] [rounds=N] [seconds=S] [warmup=S] [with=qemu|root]}. */
  public static void main(String[] args) throws Exception {
    try {
      new Compare(Options.parse(args)).run();
    } catch (IllegalArgumentException | IllegalStateException e) {
      System.err.println("compare: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws Exception {
    System.out.printf(
        "%-15s %10s %10s   %6s %6s %6s   %s%n",
        "kernel", "ours/s", options.with() + "/s", "median", "min", "max", "floor");
    for (Kernel kernel : Kernel.ALL) {
      if (options.kernels().indexOf(kernel.letter()) >= 0) {
        Row row = measure(kernel);
        rows.add(row);
        print(row);
      }
    }
    means();
  }

  private Row measure(Kernel kernel) throws Exception {
    try (Side ours = new Side(ours(kernel, options.image()), "");
        Side theirs = theirs(kernel)) {
      String expected = theirs.checksum();
      theirs.pause();
      String found = ours.checksum();
      if (!found.equals(expected)) {
        throw new IllegalStateException(
            kernel.name() + ": expected checksum " + expected + ", found " + found);
      }
      ours.turn(options.warmup(), BATCHES);
      if (!options.qemu()) {
        theirs.turn(options.warmup(), BATCHES);
      }
      return rounds(kernel, ours, theirs);
    }
  }

  private Row rounds(Kernel kernel, Side ours, Side theirs) throws Exception {
    double[] ratios = new double[options.rounds()];
    double[] left = new double[ratios.length];
    double[] right = new double[ratios.length];
    for (int i = 0; i < ratios.length; i++) {
      left[i] = ours.turn(options.seconds(), BATCHES);
      right[i] = theirs.turn(options.seconds(), BATCHES);
      ratios[i] = left[i] / right[i];
    }
    Arrays.sort(ratios);
    Arrays.sort(left);
    Arrays.sort(right);
    return new Row(kernel, ratios, left[left.length / 2], right[right.length / 2]);
  }

  private List<String> ours(Kernel kernel, Path image) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-XX"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
    command.add(VzrigSide.class.getName());
    command.addAll(List.of(image.toString(), "" + kernel.letter(), options.engine()));
    return command;
  }

  private Side theirs(Kernel kernel) throws IOException, ImageException {
    if (options.qemu()) {
      return new Side(qemu(rom()), "" + kernel.letter());
    }
    return new Side(ours(kernel, options.config()), "");
  }

  private static List<String> qemu(Path rom) {
    return List.of(
        ("qemu-system-mipsel -M malta -cpu P5600 -m 128 -bios %s -display none -monitor none"
                + " -serial null -serial null -serial stdio")
            .formatted(rom)
            .split(" "));
  }

  /** The image as Malta's flash has it: with the bytes of every word swapped. */
  private Path rom() throws IOException, ImageException {
    Image image = ImageReader.read(options.image());
    int length = 0;
    while (image.word(TEXT + length).isPresent()) {
      length += 4;
    }
    ByteBuffer words = ByteBuffer.allocate(length).order(ByteOrder.BIG_ENDIAN);
    for (int at = 0; at < length; at += 4) {
      words.putInt(image.word(TEXT + at).orElseThrow());
    }
    Path rom = Files.createTempFile("kernels", ".rom");
    rom.toFile().deleteOnExit();
    return Files.write(rom, words.array());
  }

  // --- the table

  private void print(Row row) {
    double floor = options.floor(row.kernel.kind());
    String verdict =
        floor == 0 ? "-" : "%.1f %s".formatted(floor, row.meets(floor) ? "met" : "NOT MET");
    System.out.printf(
        Locale.ROOT,
        "%-15s %10.2f %10.2f   %6.2f %6.2f %6.2f   %s%n",
        row.kernel.name(),
        row.ours,
        row.theirs,
        row.median(),
        row.ratios[0],
        row.ratios[row.ratios.length - 1],
        verdict);
  }

  private void means() {
    for (Kind kind : Kind.values()) {
      List<Row> some = rows.stream().filter(r -> r.kernel.kind() == kind).toList();
      if (!some.isEmpty() && kind != Kind.OTHER) {
        double mean = mean(some, Row::median);
        double floor = kind == Kind.INTEGER ? options.meanFloor() : options.floor(kind);
        System.out.printf(
            Locale.ROOT,
            "geometric mean of %-8s %.2f (min %.2f, max %.2f), floor %.1f %s%n",
            kind.name().toLowerCase(Locale.ROOT),
            mean,
            mean(some, r -> r.ratios[0]),
            mean(some, r -> r.ratios[r.ratios.length - 1]),
            floor,
            mean >= floor ? "met" : "NOT MET");
      }
    }
  }

  private static double mean(List<Row> some, Function<Row, Double> value) {
    return Math.exp(some.stream().mapToDouble(r -> Math.log(value.apply(r))).average().orElse(0));
  }
}
