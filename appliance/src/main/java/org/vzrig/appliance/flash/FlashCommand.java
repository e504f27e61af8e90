package org.vzrig.appliance.flash;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.ImageException;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.mpsse.LibUsbFinder;
import org.vzrig.flasher.usb.Hid4JavaFinder;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.JsscLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Programs boards. */
@Command(
    name = "flash",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Program a real or virtual board.",
    description = {
      "",
      "Makes a plan, shows it, erases, writes, compares, and starts the program:",
      "  vzrig flash -d /dev/ttyUSB0 firmware.hex",
      "Without a file it tells what board answers."
    })
public final class FlashCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "S-record, Intel HEX or ELF files, or binary ones as FILE@ADDRESS.")
  List<String> files = List.of();

  @Option(
      names = {"-d", "--device"},
      paramLabel = "DEVICE",
      description =
          "Serial port (chipKIT boot loader), an1388:PORT, ascii:PORT, or"
              + " pickit2|pickit3|hidboot|an1388|uhb|mpsse:VID:PID[:SERIAL]; without it the first"
              + " USB adapter found.")
  String device = "";

  @ArgGroup(exclusive = true)
  Mode mode = new Mode();

  /** What to do instead of programming. */
  static final class Mode {
    @Option(names = "--erase", description = "Erase the whole chip and do nothing else.")
    boolean erase;

    @Option(names = "--verify-only", description = "Only compare flash with the files.")
    boolean verifyOnly;

    @Option(
        names = "--read",
        paramLabel = "OUT",
        description = "Read flash into a binary file; see --at and --length.")
    @Nullable Path read;

    @Option(names = "--dry-run", description = "Show the plan and stop.")
    boolean dryRun;
  }

  @Option(
      names = "--at",
      paramLabel = "ADDRESS",
      defaultValue = "9D000000",
      description = "Where --read begins. Default: ${DEFAULT-VALUE}.")
  String at = "9D000000";

  @Option(
      names = "--length",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "How much --read reads.")
  int length;

  @Option(
      names = "--baud",
      paramLabel = "N",
      defaultValue = "115200",
      description = "Speed of the serial port (default: ${DEFAULT-VALUE}).")
  int baud = 115_200;

  @Option(
      names = "--fast-baud",
      paramLabel = "N",
      defaultValue = "0",
      description = "Speed to ask the boot loader for, where it has the command.")
  int fastBaud;

  @Option(
      names = "--reset",
      paramLabel = "HOW",
      defaultValue = "dtr",
      description =
          "dtr, rts, none, 1200, or steps such as dtr=0,wait=50,dtr=1 (default:"
              + " ${DEFAULT-VALUE}). A port without these lines, a pty, is set to 1200 baud"
              + " instead.")
  String reset = "dtr";

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "Give up after so long (default: ${DEFAULT-VALUE}).")
  int deadlineSeconds = 300;

  @Option(names = "--changed", description = "Leave pages alone that hold the right bytes already.")
  boolean changed;

  @Option(names = "--no-verify", description = "Do not compare after writing.")
  boolean noVerify;

  @Option(names = "--no-start", description = "Do not start the program.")
  boolean noStart;

  @Option(
      names = "--force",
      description =
          "Go on without configuration words, past a boot loader's redirection, and without the"
              + " parts of the image that a boot loader cannot write.")
  boolean force;

  @Option(
      names = "--part",
      paramLabel = "NAME",
      description = "The part, such as PIC32MZ2048EFG100, where the boot loader does not tell.")
  String part = "";

  @Option(
      names = "--pe",
      paramLabel = "HEX",
      description = "Microchip's programming executive, which makes ICSP faster.")
  @Nullable Path executive;

  /** Pins of an FTDI adapter. */
  enum Wire {
    /** Four pins. */
    JTAG,
    /** Two pins. */
    ICSP
  }

  @Option(
      names = "--wire",
      paramLabel = "PINS",
      defaultValue = "jtag",
      description = "jtag or icsp: how an FTDI adapter is connected (default: ${DEFAULT-VALUE}).")
  Wire wire = Wire.JTAG;

  @Option(
      names = "--clock",
      paramLabel = "KHZ",
      defaultValue = "500",
      description = "Clock of an FTDI adapter (default: ${DEFAULT-VALUE}).")
  int clockKhz = 500;

  @Option(names = "--power", description = "Leave a part powered by its programmer afterwards.")
  boolean power;

  @Option(names = "--json", description = "Print what happens as JSON, one object a line.")
  boolean json;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    FlashEvent.Listener events = json ? new FlashJson(out) : new FlashText(out, onTerminal());
    Deadline deadline = new Deadline(HostClock.system(), Duration.ofSeconds(deadlineSeconds));
    Interrupt interrupt = new Interrupt(deadline);
    try {
      run(deadline, events);
      return ExitCode.OK.code();
    } catch (FlashException e) {
      if (e.reason() == FlashException.Reason.INTERRUPTED) {
        return interrupted(e);
      }
      throw new CommandFailure(exit(e.reason()), e.text());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.HOST_IO, String.valueOf(e.getMessage()));
    } catch (ImageException e) {
      throw ImageFiles.failure(e.problems());
    } finally {
      interrupt.close();
    }
  }

  /** Told here: once the port is released, the process that Ctrl-C ends waits for nobody. */
  private int interrupted(FlashException e) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("vzrig: " + e.text());
    err.flush();
    return ExitCode.INTERRUPTED.code();
  }

  private void run(Deadline deadline, FlashEvent.Listener events)
      throws IOException, ImageException, CommandFailure {
    Targets targets =
        new Targets(JsscLine::opener, new Hid4JavaFinder(), new LibUsbFinder(), HostClock.system());
    DeviceName name = device.isEmpty() ? DeviceName.ANY : DeviceName.parse(device);
    FlashJob job = new FlashJob(targets.opener(name, settings()), options(), deadline, events);
    if (mode.read != null) {
      read(job, mode.read);
    } else if (mode.erase) {
      job.erase();
    } else if (files.isEmpty()) {
      job.probe();
    } else if (mode.verifyOnly) {
      job.verify(ImageFiles.read(files));
    } else {
      job.program(ImageFiles.read(files));
    }
  }

  private void read(FlashJob job, Path file) throws IOException, CommandFailure {
    if (length <= 0) {
      throw new CommandFailure(ExitCode.USAGE, "--read needs --length BYTES");
    }
    Files.write(file, job.read(Addresses.physical(ImageFiles.address(at)), length));
  }

  private Targets.Settings settings() throws FlashException {
    return new Targets.Settings(
        baud,
        fastBaud == 0 ? baud : fastBaud,
        ResetSequence.parse(reset),
        Duration.ofSeconds(4),
        Integer.MAX_VALUE,
        Optional.ofNullable(executive),
        wire.name().toLowerCase(Locale.ROOT),
        clockKhz,
        power);
  }

  private FlashJob.Options options() throws CommandFailure {
    Optional<Part> known = part.isEmpty() ? Optional.empty() : Parts.named(part);
    if (!part.isEmpty() && known.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--part " + part + ": expected a name such as PIC32MZ2048EFG100");
    }
    return new FlashJob.Options(known, changed, force, !noVerify, mode.dryRun, !noStart, 2);
  }

  @SuppressWarnings("SystemConsoleNull") // its type still says that it may be null
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  static ExitCode exit(FlashException.Reason reason) {
    return switch (reason) {
      case USAGE -> ExitCode.USAGE;
      case IMAGE -> ExitCode.BAD_IMAGE;
      case PORT -> ExitCode.PORT;
      case NO_TARGET -> ExitCode.NO_TARGET;
      case UNKNOWN_PART -> ExitCode.UNKNOWN_PART;
      case UNSUPPORTED -> ExitCode.UNSUPPORTED;
      case PROTOCOL -> ExitCode.PROTOCOL;
      case VERIFY -> ExitCode.VERIFY;
      case TIMEOUT -> ExitCode.DEADLINE;
      case NOT_STARTED -> ExitCode.NOT_STARTED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
    };
  }
}
