package org.vzrig.appliance.flash;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.flasher.Deadline;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashJob;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.usb.Hid4JavaFinder;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLines;

/** Programs a board through the boot loader on its console, as {@code vzrig flash} does. */
public final class SerialFlash {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LISTEN = Duration.ofSeconds(4);

  private SerialFlash() {}

  /**
   * Programs {@code image}, compares and starts it.
   *
   * @param line serial port or rfc2217://HOST:PORT
   * @param reset how to reset the board, as {@code vzrig flash --reset}
   * @param out shows how it goes
   */
  public static void program(String line, int baud, String reset, Image image, PrintWriter out)
      throws CommandFailure {
    try {
      Targets targets = new Targets(SerialLines::opener, new Hid4JavaFinder(), HostClock.system());
      Targets.Settings settings =
          new Targets.Settings(
              baud,
              baud,
              ResetSequence.parse(reset),
              LISTEN,
              Integer.MAX_VALUE,
              Optional.empty(),
              "",
              0,
              false);
      DeviceName name = new DeviceName(DeviceName.Adapter.STK500, line, 0, 0, "");
      Deadline deadline = new Deadline(HostClock.system(), PATIENCE);
      FlashJob job =
          new FlashJob(
              targets.opener(name, settings),
              FlashJob.Options.DEFAULT,
              deadline,
              new FlashText(out, false));
      job.program(image);
    } catch (FlashException e) {
      throw new CommandFailure(FlashCommand.exit(e.reason()), e.text());
    } catch (ImageException e) {
      throw ImageFiles.failure(e.problems());
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.HOST_IO, String.valueOf(e.getMessage()));
    }
  }
}
