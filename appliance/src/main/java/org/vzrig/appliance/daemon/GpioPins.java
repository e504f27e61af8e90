package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.hil.gpio.GpioLines;
import org.vzrig.hil.gpio.HostLines;
import org.vzrig.hil.gpio.MemoryLines;
import org.vzrig.hil.gpio.PinBridge;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ties LEDs, buttons and pins to GPIO lines while the machine is on. Lines are taken at power-on,
 * and left at their safe level and let go of at power-off.
 */
public final class GpioPins implements Attachment {
  private final Supplier<Settings.Gpio> settings;
  private final Function<Settings.Gpio, GpioLines> lines;
  private volatile @Nullable PinBridge bridge;

  /** The lines that {@code settings} of the moment say, which {@code lines} opens. */
  GpioPins(Supplier<Settings.Gpio> settings, Function<Settings.Gpio, GpioLines> lines) {
    this.settings = settings;
    this.lines = lines;
  }

  /** The lines of this computer, or such in memory if that was asked for. */
  static GpioLines open(Settings.Gpio gpio) {
    return gpio.mock()
        ? new MemoryLines(
            (wiring, high) ->
                Logger.tag("gpio")
                    .debug(
                        "{}: {} is {}",
                        wiring.line().place(),
                        wiring.name(),
                        high ? "high" : "low"))
        : new HostLines(gpio.driver());
  }

  @Override
  public void attach(PoweredMachine machine) throws IOException {
    Settings.Gpio gpio = settings.get();
    if (gpio.lines().isEmpty()) {
      return;
    }
    PinPort pins = machine.target().pins();
    PinBridge made =
        new PinBridge(
            lines.apply(gpio),
            machine.time()::nanos,
            (pin, level) -> machine.post(() -> pins.drive(pin, level)),
            System::nanoTime);
    made.attach(gpio.lines(), pins);
    machine.beside(made, made.ring());
    bridge = made;
  }

  @Override
  public void detach() {
    bridge = null;
  }

  /** Edges that there was no room for. */
  long lost() {
    PinBridge now = bridge;
    return now == null ? 0 : now.counts().lost();
  }

  /** What {@code vzrig ctl status} tells, where anything is wired. */
  void tell(ObjectNode status) {
    Settings.Gpio gpio = settings.get();
    if (gpio.lines().isEmpty()) {
      return;
    }
    ObjectNode node = status.putObject("gpio");
    node.put("mock", gpio.mock());
    PinBridge now = bridge;
    ArrayNode list = node.putArray("lines");
    if (now == null) {
      gpio.lines()
          .forEach(
              wiring ->
                  list.addObject()
                      .put("name", wiring.name())
                      .put("line", wiring.line().place())
                      .put("input", wiring.input()));
      return;
    }
    now.states()
        .forEach(
            state ->
                list.addObject()
                    .put("name", state.name())
                    .put("line", state.place())
                    .put("input", state.input())
                    .put("active", state.active()));
    PinBridge.Counts counts = now.counts();
    node.put("edges", counts.edges()).put("merged", counts.merged());
    node.put("lost", counts.lost()).put("failures", counts.failures());
  }
}
