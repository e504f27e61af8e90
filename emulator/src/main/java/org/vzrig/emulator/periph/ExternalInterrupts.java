package org.vzrig.emulator.periph;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Pin;

/** The external interrupt pins: INT0 on RD0, INT1 to INT4 where pin select puts them. */
public final class ExternalInterrupts {
  private static final Pin INT0_PIN = Pin.of("RD0");
  private static final int[] REQUESTS = {3, 8, 13, 18, 23};

  private final @Nullable Pin[] pins = new Pin[REQUESTS.length];
  private final Evic evic;
  private final Pps pps;
  private final Ports ports;

  private ExternalInterrupts(Evic evic, Pps pps, Ports ports) {
    this.evic = evic;
    this.pps = pps;
    this.ports = ports;
  }

  /** Lets the edges of the pins raise their requests. */
  public static void connect(Evic evic, Pps pps, Ports ports) {
    ExternalInterrupts made = new ExternalInterrupts(evic, pps, ports);
    made.route();
    pps.onChange(made::route);
    ports.follow(made::routed, (cycle, pin, level) -> made.changed(pin, level));
  }

  private void route() {
    pins[0] = INT0_PIN;
    for (int n = 1; n < pins.length; n++) {
      pins[n] = pps.input("INT" + n);
    }
    ports.rerouted();
  }

  private List<Pin> routed() {
    return Stream.of(pins).filter(Objects::nonNull).toList();
  }

  private void changed(Pin pin, boolean rising) {
    for (int n = 0; n < pins.length; n++) {
      if (pin.equals(pins[n]) && rising == evic.risingEdge(n)) {
        evic.raise(REQUESTS[n]);
      }
    }
  }
}
