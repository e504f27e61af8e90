package org.vzrig.flasher.pic32prog;

import java.io.PrintStream;
import org.vzrig.flasher.Area;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashEvent.Phase;
import org.vzrig.flasher.Mismatch;
import org.vzrig.flasher.Part;

/** Prints what happens in pic32prog's words. */
final class Report implements FlashEvent.Listener {
  private static final int LONGEST_BAR = 64;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean probing;
  private final int debug;
  private Part part = new Part("", 0, 0, Family.BOOTLOADER);
  private int step = 1;
  // pic32prog does not reset this between the phases
  private int count;

  Report(PrintStream out, PrintStream err, boolean probing, int debug) {
    this.out = out;
    this.err = err;
    this.probing = probing;
    this.debug = debug;
  }

  /** The part that answered. */
  Part part() {
    return part;
  }

  @Override
  public void on(FlashEvent event) {
    switch (event) {
      case FlashEvent.Speed s -> out.printf("    Baud rate: %d bps\n", s.baud());
      case FlashEvent.Opened o -> opened(o);
      case FlashEvent.Configured c -> out.print(configuration(c));
      case FlashEvent.Planned p -> out.printf("         Data: %d bytes\n", p.plan().dataBytes());
      case FlashEvent.Began b -> began(b);
      case FlashEvent.Advanced a -> advanced();
      case FlashEvent.Ended e -> ended(e);
      case FlashEvent.Differs d -> differs(d);
      case FlashEvent.Finished f ->
          out.printf(" Program rate: %d bytes per second\n", f.bytes() * 1000L / f.millis());
      case FlashEvent.Note n -> {
        if (debug > 0) {
          err.println(n.message());
        }
      }
    }
    out.flush();
  }

  private static String configuration(FlashEvent.Configured event) {
    return ConfigurationDump.of(event.part().family(), event.words());
  }

  private void opened(FlashEvent.Opened event) {
    out.printf("      Adapter: %s\n", event.adapter());
    if (!event.areas().isEmpty()) {
      out.printf(
          " Program area: %s\n",
          String.join(", ", event.areas().stream().map(Area::toString).toList()));
    }
    part = event.part();
    String id = probing ? " (id %08X)".formatted(event.deviceId()) : "";
    out.printf("    Processor: %s%s\n", part.name(), id);
    out.printf(" Flash memory: %d kbytes\n", part.flashBytes() >> 10);
    if (part.family() != Family.BOOTLOADER) {
      out.printf("  Boot memory: %d kbytes\n", part.family().bootBytes() >> 10);
    }
  }

  private static String title(Phase phase) {
    return switch (phase) {
      case ERASE -> "        Erase: ";
      case PROGRAM_FLASH -> "Program flash: ";
      case PROGRAM_BOOT -> " Program boot: ";
      case VERIFY_FLASH -> " Verify flash: ";
      case VERIFY_BOOT -> "  Verify boot: ";
      case READ -> "         Read: ";
    };
  }

  private static boolean boot(Phase phase) {
    return phase == Phase.PROGRAM_BOOT || phase == Phase.VERIFY_BOOT;
  }

  private void began(FlashEvent.Began event) {
    out.print(title(event.phase()));
    if (event.phase() != Phase.ERASE) {
      int length = barLength(event);
      out.print(".".repeat(length) + "\b".repeat(length));
    }
  }

  private int barLength(FlashEvent.Began event) {
    step = 1;
    if (boot(event.phase())) {
      return event.blocks() + 1;
    }
    while (event.blocks() / step >= LONGEST_BAR) {
      step *= 2;
    }
    return Math.max(1, event.blocks() / step);
  }

  private void advanced() {
    if (++count % step == 0) {
      out.print('#');
    }
  }

  private void ended(FlashEvent.Ended event) {
    String end =
        switch (event.phase()) {
          case ERASE -> "done";
          case PROGRAM_FLASH, READ -> "# done";
          case PROGRAM_BOOT -> "# done      ";
          case VERIFY_FLASH -> " done";
          case VERIFY_BOOT -> " done       ";
        };
    out.print(end + "\n");
    if (event.phase() == Phase.READ) {
      out.printf("         Rate: %d bytes per second\n", event.bytes() * 1000L / event.millis());
    }
  }

  private void differs(FlashEvent.Differs event) {
    Mismatch first = event.mismatches().getFirst();
    out.printf(
        "\nerror at address %08X: file=%08X, mem=%08X\n",
        first.address(), first.expected(), first.found());
    if (!event.cause().isEmpty()) {
      err.println("Likely cause: " + event.cause());
    }
  }
}
