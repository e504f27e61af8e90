package org.vzrig.appliance.flash;

import java.io.PrintWriter;
import java.util.Locale;
import org.vzrig.flasher.FlashEvent;
import org.vzrig.flasher.FlashEvent.Phase;
import org.vzrig.flasher.pic32prog.ConfigurationDump;

/** Prints what happens for people: a bar on a terminal, plain lines elsewhere. */
final class FlashText implements FlashEvent.Listener {
  private static final int WIDTH = 40;

  private final PrintWriter out;
  private final boolean terminal;

  FlashText(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void on(FlashEvent event) {
    switch (event) {
      case FlashEvent.Opened e ->
          out.printf(
              "%s: %s, DEVID %08X, %d KiB flash%n",
              e.adapter(), e.part().name(), e.deviceId(), e.part().flashBytes() >> 10);
      case FlashEvent.Configured e -> out.print(ConfigurationDump.of(e.part().family(), e.words()));
      case FlashEvent.Planned e -> e.plan().lines().forEach(l -> out.println("  " + l));
      case FlashEvent.Began e -> began(e);
      case FlashEvent.Advanced e -> advanced(e);
      case FlashEvent.Ended e -> ended(e);
      case FlashEvent.Note e -> out.println("  note: " + e.message());
      case FlashEvent.Speed e -> out.printf("  line runs at %d baud%n", e.baud());
      case FlashEvent.Differs e -> {
        e.mismatches().forEach(m -> out.println("  differs: " + m));
        if (!e.cause().isEmpty()) {
          out.println("  likely cause: " + e.cause());
        }
      }
      case FlashEvent.Finished e ->
          out.printf(
              "done: %d bytes in %.1f s (%d bytes/s)%n",
              e.bytes(), e.millis() / 1000.0, e.bytes() * 1000L / e.millis());
    }
    out.flush();
  }

  private static String title(Phase phase) {
    return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void began(FlashEvent.Began event) {
    if (terminal) {
      out.printf("  %-14s ", title(event.phase()));
    }
  }

  private void advanced(FlashEvent.Advanced event) {
    if (terminal) {
      int filled = (int) ((long) event.done() * WIDTH / event.bytes());
      out.printf(
          "\r  %-14s [%s%s] %d%%",
          title(event.phase()),
          "#".repeat(filled),
          ".".repeat(WIDTH - filled),
          event.done() * 100L / event.bytes());
    }
  }

  private void ended(FlashEvent.Ended event) {
    if (terminal) {
      out.print("\r\033[K");
    }
    String size = event.bytes() == 0 ? "" : " %d bytes".formatted(event.bytes());
    out.printf("  %s:%s in %.2f s%n", title(event.phase()), size, event.millis() / 1000.0);
  }
}
