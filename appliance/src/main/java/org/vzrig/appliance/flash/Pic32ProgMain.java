package org.vzrig.appliance.flash;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.vzrig.flasher.Targets;
import org.vzrig.flasher.mpsse.LibUsbFinder;
import org.vzrig.flasher.pic32prog.Pic32Prog;
import org.vzrig.flasher.usb.Hid4JavaFinder;
import org.vzrig.hil.serial.HostClock;
import org.vzrig.hil.serial.JsscLine;

/** What the pic32prog launcher starts. */
public final class Pic32ProgMain {
  private Pic32ProgMain() {}

  /** Runs a pic32prog command line and gives its exit status. */
  public static int run(PrintStream out, PrintStream err, String... arguments) {
    AtomicReference<@Nullable Interrupt> interrupt = new AtomicReference<>();
    Targets targets =
        new Targets(JsscLine::opener, new Hid4JavaFinder(), new LibUsbFinder(), HostClock.system());
    try {
      return new Pic32Prog(
              out,
              err,
              targets,
              HostClock.system(),
              deadline -> interrupt.set(new Interrupt(deadline)))
          .run(arguments);
    } finally {
      Interrupt watching = interrupt.get();
      if (watching != null) {
        watching.close();
      }
    }
  }
}
