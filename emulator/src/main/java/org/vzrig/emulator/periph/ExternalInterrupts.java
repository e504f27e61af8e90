package org.vzrig.emulator.periph;

import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Pin;

/** The external interrupt pins: INT0 on RD0, INT1 to INT4 where pin select puts them. */
public final class ExternalInterrupts {
  private static final Pin INT0_PIN = Pin.of("RD0");
  private static final int[] REQUESTS = {3, 8, 13, 18, 23};

  private final @Nullable Pin[] pins = new Pin[REQUESTS.length];
  private final Evic evic;
  private final Pps pps;

  private ExternalInterrupts(Evic evic, Pps pps) {
    this.evic = evic;
    this.pps = pps;
  }

  /** Lets the edges of the pins raise their requests. */
  public static void connect(Evic evic, Pps pps, Ports ports) {
    ExternalInterrupts made = new ExternalInterrupts(evic, pps);
    made.route();
    pps.onChange(made::route);
    ports.onChange((cycle, pin, level) -> made.changed(pin, level));
  }

  private void route() {
    pins[0] = INT0_PIN;
    for (int n = 1; n < pins.length; n++) {
      pins[n] = pps.input("INT" + n);
    }
  }

  private void changed(Pin pin, boolean rising) {
    for (int n = 0; n < pins.length; n++) {
      if (pin.equals(pins[n]) && rising == evic.risingEdge(n)) {
        evic.raise(REQUESTS[n]);
      }
    }
  }
}
