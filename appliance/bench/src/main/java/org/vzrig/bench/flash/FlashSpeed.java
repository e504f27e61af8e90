package org.vzrig.bench.flash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Origin;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashEvent.Phase;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.stk500.StkOptions;
import org.vzrig.flasher.stk500.StkTarget;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.JsscLine;

/**
 * Programs and verifies the virtual board over a pty in real time, and compares the time with what
 * the bytes of the protocol need on the line: STK500v2 sends 272 bytes for a page of 256 and gets
 * 8, and 10 and 265 to compare it; it never sends ahead.
 *
 * <p>Options: {@code kib=64} size of the image, {@code baud=115200,460800} speeds to ask the loader
 * for, {@code pic32prog=PATH} to run that program on the same image beside it.
 */
public final class FlashSpeed {
  private static final int START = 0x1D00_1000;
  private static final int PAGE = 256;
  private static final int PAGE_BYTES = 272 + 8 + 10 + 265;
  private static final int BITS = 10;
  private static final int FIRST_BAUD = 115_200;
  private static final byte[] FOR_EVER = {-1, -1, 0, 0x10, 0, 0, 0, 0};
  private static final Pattern RATE = Pattern.compile("Program rate: (\\d+) bytes per second");

  private final Image image;
  private final int bytes;
  private double began;
  private double virtual;
  private double wall;

  private FlashSpeed(int kib) {
    byte[] data = new byte[kib << 10];
    new Random(1).nextBytes(data);
    System.arraycopy(FOR_EVER, 0, data, 0, FOR_EVER.length);
    bytes = data.length;
    image = Image.of(START, data, new Origin("random", 0));
  }

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    int kib = Integer.parseInt(option(args, "kib", "64"));
    String program = option(args, "pic32prog", "");
    FlashSpeed speed = new FlashSpeed(kib);
    try (Board board = new Board()) {
      for (String baud : option(args, "baud", "115200,230400,1000000").split(",", -1)) {
        speed.ours(board, Integer.parseInt(baud));
      }
      if (!program.isEmpty()) {
        speed.other(board, Path.of(program));
      }
    }
  }

  private static String option(String[] args, String name, String otherwise) {
    return Arrays.stream(args)
        .filter(arg -> arg.startsWith(name + "="))
        .map(arg -> arg.substring(name.length() + 1))
        .findFirst()
        .orElse(otherwise);
  }

  /** Seconds that the protocol's bytes take on the line. */
  private double limit(int baud) {
    return (double) bytes / PAGE * PAGE_BYTES * BITS / baud;
  }

  private void ours(Board board, int baud) throws IOException, ImageException {
    virtual = 0;
    wall = 0;
    HostClock clock = HostClock.system();
    StkOptions options =
        new StkOptions(FIRST_BAUD, baud, ResetSequence.parse("none"), Duration.ofSeconds(3), 3, 4);
    board.reset();
    new FlashJob(
            (deadline, events) ->
                StkTarget.open(JsscLine.opener(board.port()), options, deadline, events),
            new FlashJob.Options(Optional.empty(), false, true, true, false, true, 0),
            new Deadline(clock, Duration.ofMinutes(10)),
            event -> took(board, event))
        .program(image);
    System.out.printf(
        Locale.ROOT,
        "vzrig      %8d baud: %6.2f s, the line allows %6.2f s: %5.1f %% (of virtual time %5.1f %%)"
            + ", %6.0f bytes/s%n",
        baud,
        wall,
        limit(baud),
        100 * limit(baud) / wall,
        100 * limit(baud) / virtual,
        bytes / wall);
  }

  private void took(Board board, FlashEvent event) {
    switch (event) {
      case FlashEvent.Began e -> began = board.seconds();
      case FlashEvent.Ended e -> {
        if (e.phase() != Phase.ERASE) {
          virtual += board.seconds() - began;
          wall += e.millis() / 1000.0;
        }
      }
      case FlashEvent.Note e -> System.out.println("vzrig: " + e.message());
      default -> {}
    }
  }

  private void other(Board board, Path program) throws IOException, InterruptedException {
    Path file = Files.createTempFile("vzrig", ".srec");
    try {
      Files.writeString(file, ImageWriter.srec(image, pa -> pa), StandardCharsets.US_ASCII);
      board.reset();
      Process process =
          new ProcessBuilder(program.toString(), "-d", board.port(), file.toString())
              .redirectErrorStream(true)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      Matcher rate = RATE.matcher(out);
      if (process.waitFor() != 0 || !rate.find()) {
        throw new IOException(program + " failed: " + out);
      }
      double seconds = bytes / Double.parseDouble(rate.group(1));
      System.out.printf(
          Locale.ROOT,
          "pic32prog  %8d baud: %6.2f s, the line allows %6.2f s: %5.1f %%, %s bytes/s%n",
          FIRST_BAUD,
          seconds,
          limit(FIRST_BAUD),
          100 * limit(FIRST_BAUD) / seconds,
          rate.group(1));
    } finally {
      Files.delete(file);
    }
  }
}
