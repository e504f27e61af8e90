package org.vzrig.appliance.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.tinylog.Logger;
import org.vzrig.emulator.machine.Pacer;

/** Looks at the machine twice a second: how fast it is, how its guests are. */
final class Monitor {
  static final long PERIOD_MILLIS = 500;
  private static final int SAMPLES = 6;
  private static final long REPORT_NANOS = 60_000_000_000L;

  private final MachineHost host;
  private final Guests guests;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long reported;
  private long reportedAt;
  private volatile double ratio;
  private volatile long overruns;

  private record Sample(PoweredMachine machine, long hostNanos, long virtualNanos) {}

  Monitor(MachineHost host, Guests guests) {
    this.host = host;
    this.guests = guests;
  }

  /** How much virtual time passes in a second, over the last seconds; 0 while none does. */
  double ratio() {
    return ratio;
  }

  /** Characters that the console's UART has lost because nobody fetched them. */
  long overruns() {
    return overruns;
  }

  void look() {
    PoweredMachine machine = host.machine().orElse(null);
    if (machine == null) {
      samples.clear();
      ratio = 0;
      return;
    }
    measure(new Sample(machine, System.nanoTime(), machine.nanos()));
    guests.look(machine);
    machine
        .call(() -> machine.target().console().overruns())
        .thenAccept(count -> overruns = count)
        .exceptionally(e -> null);
    report(machine.thread().pacer());
  }

  private void measure(Sample now) {
    Sample last = samples.peekLast();
    if (last != null && last.machine != now.machine) {
      samples.clear();
    }
    samples.add(now);
    if (samples.size() > SAMPLES) {
      samples.remove();
    }
    Sample first = samples.getFirst();
    long nanos = now.hostNanos - first.hostNanos;
    ratio = nanos == 0 ? 0 : (double) (now.virtualNanos - first.virtualNanos) / nanos;
  }

  /** Time that was given up is told once a minute at most. */
  private void report(Pacer pacer) {
    long now = System.nanoTime();
    long count = pacer.reanchored();
    if (count > reported && now - reportedAt > REPORT_NANOS) {
      Logger.warn(
          "this computer was too slow {} times; {} s of real time were given up since power-on",
          count - reported,
          String.format(Locale.ROOT, "%.1f", pacer.skippedNanos() / 1e9));
      reported = count;
      reportedAt = now;
    } else if (count < reported) {
      reported = 0;
    }
  }
}
