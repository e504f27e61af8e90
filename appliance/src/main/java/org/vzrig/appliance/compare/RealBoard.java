package org.vzrig.appliance.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.flash.SerialFlash;
import org.vzrig.appliance.run.EmulatedRun;
import org.vzrig.boards.image.Image;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.ResetSequence;
import org.vzrig.hil.gpio.ButtonLines;
import org.vzrig.hil.gpio.LineWatch;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.SerialLine;
import org.vzrig.hil.serial.SerialLines;

/** A board behind a serial line: programs, resets and records it. */
final class RealBoard {
  private RealBoard() {}

  /** Programs the image of the first side of {@code plan} into the board of the second. */
  static void flash(Plan plan, PrintWriter out) throws CommandFailure {
    if (plan.first() instanceof SideSpec.Emulated(Path file)
        && plan.second() instanceof SideSpec.Line(String line)) {
      Image image = EmulatedRun.image(file, plan.firmware(), plan.board());
      SerialFlash.program(line, plan.real().baud, plan.real().reset, image, out);
    }
  }

  /** Resets the board behind {@code line} and records it into {@code capture}. */
  static void record(Plan plan, String line, Path capture) throws CommandFailure, IOException {
    RealOptions real = plan.real();
    // lines first: an LED may change as soon as the board leaves its reset
    try (LineWatch pins = new LineWatch(real.lines.get(), real.seen(plan.board(), wrong -> {}));
        ButtonLines buttons =
            new ButtonLines(real.lines.get(), real.pressed(plan.board(), wrong -> {}));
        SerialLine open =
            ResetSequence.parse(real.reset)
                .open(SerialLines.opener(line), real.baud, HostClock.system())) {
      LineRecorder.record(
          new LineRecorder.Ends(open, pins, buttons),
          plan.board(),
          plan.steps(),
          plan.length(),
          capture);
    } catch (FlashException e) {
      ExitCode exit = e.reason() == FlashException.Reason.USAGE ? ExitCode.USAGE : ExitCode.HOST_IO;
      throw new CommandFailure(exit, e.text());
    }
  }
}
