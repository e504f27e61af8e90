package org.vzrig.flasher.pic32prog;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.Targets;
import org.vzrig.hil.serial.HostClock;

/**
 * pic32prog's options, messages and positional forms over our engine. What differs: every failure
 * exits non-zero, and nothing is reported good that is not.
 */
public final class Pic32Prog {
  /** Version that scripts may look for; the behaviour's, not ours. */
  private static final String VERSION = "2.0.259";

  private static final Duration LONGEST_JOB = Duration.ofMinutes(30);
  private static final int FAILED = 1;
  private static final int FATAL = 255;

  private final PrintStream out;
  private final PrintStream err;
  private final Complaints complaints;
  private final Targets targets;
  private final HostClock clock;
  private final java.util.function.Consumer<Deadline> onStart;

  /**
   * Prints to {@code out} and {@code err}.
   *
   * @param targets opens devices
   * @param onStart is given the deadline, whose cancellation ends the job with the port released
   */
  public Pic32Prog(
      PrintStream out,
      PrintStream err,
      Targets targets,
      HostClock clock,
      java.util.function.Consumer<Deadline> onStart) {
    this.out = out;
    this.err = err;
    complaints = new Complaints(err);
    this.targets = targets;
    this.clock = clock;
    this.onStart = onStart;
  }

  /** Runs a command line and gives its exit status. */
  public int run(String... arguments) {
    out.print("Programmer for Microchip PIC32 microcontrollers, Version " + VERSION + "\n");
    try {
      CommandLine line = CommandLine.parse(arguments);
      if (line.version) {
        return 0;
      }
      out.print("    Copyright: vzrig, Apache License 2.0\n");
      if (line.copying) {
        out.print("Licensed under the Apache License, Version 2.0. Without any warranty.\n");
        return 0;
      }
      if (line.help) {
        usage(out);
        return 0;
      }
      return execute(line);
    } catch (FlashException e) {
      return failed(e);
    } catch (ImageException e) {
      return FAILED; // told where it happened
    } catch (IOException e) {
      err.println(e.getMessage());
      return FATAL;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private int failed(FlashException e) {
    complaints.target(e);
    if (e.reason() == Reason.USAGE) {
      usage(err);
    }
    return switch (e.reason()) {
      case USAGE, UNKNOWN_PART, UNSUPPORTED, VERIFY, IMAGE -> FAILED;
      default -> FATAL;
    };
  }

  private int execute(CommandLine line) throws IOException, ImageException {
    DeviceName device = line.device.isEmpty() ? DeviceName.ANY : DeviceName.parse(line.device);
    boolean probing = line.files.isEmpty() && !line.erase;
    // the file is read before the device is touched, as pic32prog does
    Image image = line.files.size() == 1 ? image(line.files.getFirst()) : Image.EMPTY;
    Deadline deadline = new Deadline(clock, LONGEST_JOB);
    onStart.accept(deadline);
    Report report = new Report(out, err, probing, line.debug);
    Targets.Settings settings =
        Targets.Settings.pic32prog(
            line.baud, line.alternateBaud, line.wire, line.speedKhz, line.powerOn);
    FlashJob.Options options =
        new FlashJob.Options(Optional.empty(), false, false, !line.skipVerify, false, true, 1);
    DeviceFile devices = DeviceFile.find(Optional.ofNullable(System.getenv("PIC32PROG_CONF_FILE")));
    FlashJob job =
        new FlashJob(targets.opener(device, settings), options, deadline, report, devices::byId);
    if (line.read) {
      return read(job, line);
    }
    if (line.files.isEmpty()) {
      if (line.erase) {
        job.erase();
      } else {
        job.probe();
      }
      return 0;
    }
    try {
      program(job, line, image);
    } catch (ImageException e) {
      complaints.unsuitable(e, report.part());
      throw e;
    }
    return 0;
  }

  private Image image(String file) throws ImageException {
    try {
      return ImageReader.read(Path.of(file));
    } catch (ImageException e) {
      complaints.image(file, e);
      throw e;
    }
  }

  private static void program(FlashJob job, CommandLine line, Image image)
      throws IOException, ImageException {
    if (!line.verifyOnly) {
      job.program(image);
    } else if (line.skipVerify) {
      throw new FlashException(Reason.USAGE, "-v and -S together leave nothing to do");
    } else {
      job.verify(image);
    }
  }

  /** The file appears only when it holds all that was asked for. */
  private int read(FlashJob job, CommandLine line) throws IOException {
    int base = (int) CommandLine.number(line.files.get(1));
    int length = (int) CommandLine.number(line.files.get(2));
    if (length <= 0) {
      throw new FlashException(Reason.USAGE, "-r: expected a length, found " + line.files.get(2));
    }
    out.printf("       Memory: total %d bytes\n", length);
    byte[] bytes = job.read(Addresses.physical(base), length);
    Files.write(Path.of(line.files.getFirst()), bytes);
    return 0;
  }

  private static void usage(PrintStream to) {
    to.print(
        """

        Usage:
            pic32prog [-v] file.srec
            pic32prog [-v] file.hex
            pic32prog -e
            pic32prog -r file.bin address length

        Args:
            file.srec           Code file in SREC format
            file.hex            Code file in Intel HEX format
            -v                  Verify only
            -r                  Read mode
            -e                  Erase chip
            -p                  Leave board powered on
            -d device           Use specified serial or USB device
            -b baudrate         Serial speed, default 115200
            -B alt_baud         Request an alternative baud rate
            -i interface        jtag or icsp
            -s speed            Clock of the interface in kHz
            -D                  Debug mode
            -h, --help          Print this help message
            -V, --version       Print version
            -C, --copying       Print copying information
            -W, --warranty      Print warranty information
            -S, --skip-verify   Skip the write verification step

        """);
  }
}
