package org.vzrig.emulator.periph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Chip;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.port.PinPort;
import org.vzrig.emulator.time.VirtualClock;

/** All I/O ports of a package, and the outside's view of their pins. */
public final class Ports implements PinPort {
  private static final String LETTERS = "ABCDEFGHJK";
  private static final int CHANGE_NOTICE_A = 118;

  private static final int[] ANALOG = {
    0x0623, 0xFFFF, 0x001E, 0xC000, 0x03F0, 0x3000, 0x83C0, 0x0073, 0x0B00, 0
  };

  private final @Nullable Port[] ports = new Port[LETTERS.length()];
  private final Pin[][] pins = new Pin[LETTERS.length()][16];
  private final transient List<Listener> listeners = new ArrayList<>();
  private final transient List<Follower> followers = new ArrayList<>();

  /** Pins of each port that modules follow. */
  private final int[] followed = new int[LETTERS.length()];

  /** A module whose inputs are on some pins. */
  private record Follower(Supplier<List<Pin>> pins, Listener listener) {}

  private final VirtualClock clock;

  /** The ports of {@code chip}, attached to {@code bus}. */
  public Ports(SystemBus bus, VirtualClock clock, Evic evic, Chip chip) {
    this.clock = clock;
    for (int i = 0; i < ports.length; i++) {
      char letter = LETTERS.charAt(i);
      for (int bit = 0; bit < 16; bit++) {
        pins[i][bit] = new Pin(letter, bit);
      }
      if (chip.pins(i) != 0) {
        Pin[] own = pins[i];
        int index = i;
        Port port =
            new Port(
                letter,
                i,
                chip.pins(i),
                ANALOG[i],
                evic.line(CHANGE_NOTICE_A + i),
                (changed, levels) -> changed(own, index, changed, levels));
        ports[i] = port;
        bus.attach(port.registers());
      }
    }
  }

  /** Resets every port. */
  public void reset() {
    for (Port port : ports) {
      if (port != null) {
        port.reset();
      }
    }
  }

  /** The port of this index (A is 0), or null when the package has no pin of it. */
  @Nullable Port port(int index) {
    return ports[index];
  }

  /** What a digital input of the chip on {@code pin} sees. */
  public boolean digital(Pin pin) {
    Port port = ports[pin.portIndex()];
    return port != null && (port.digital() >>> pin.bit() & 1) != 0;
  }

  /**
   * Tells a module of the chip when one of its pins changes. Modules are many and their pins few:
   * asking each of them about every pin made a write to a port cost a hundred nanoseconds.
   *
   * @param pins where its inputs are now; {@link #rerouted} says when that has changed
   */
  void follow(Supplier<List<Pin>> pins, Listener listener) {
    followers.add(new Follower(pins, listener));
    rerouted();
  }

  /** Inputs of modules are on other pins now. */
  void rerouted() {
    Arrays.fill(followed, 0);
    for (Follower follower : followers) {
      follower.pins.get().forEach(pin -> followed[pin.portIndex()] |= 1 << pin.bit());
    }
  }

  private void changed(Pin[] own, int port, int changed, int levels) {
    if (!listeners.isEmpty()) {
      tell(own, changed, levels);
    }
    if ((changed & followed[port]) != 0) {
      tellFollowers(own, changed & followed[port], levels);
    }
  }

  private void tell(Pin[] own, int changed, int levels) {
    long now = clock.cycles();
    for (int rest = changed; rest != 0; rest &= rest - 1) {
      int bit = Integer.numberOfTrailingZeros(rest);
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).pinChanged(now, own[bit], (levels >>> bit & 1) != 0);
      }
    }
  }

  private void tellFollowers(Pin[] own, int changed, int levels) {
    long now = clock.cycles();
    for (int rest = changed; rest != 0; rest &= rest - 1) {
      int bit = Integer.numberOfTrailingZeros(rest);
      for (Follower follower : followers) {
        if (follower.pins.get().contains(own[bit])) {
          follower.listener.pinChanged(now, own[bit], (levels >>> bit & 1) != 0);
        }
      }
    }
  }

  @Override
  public void onChange(Listener listener) {
    listeners.add(listener);
  }

  @Override
  public boolean level(Pin pin) {
    Port port = ports[pin.portIndex()];
    return port != null && (port.levels() >>> pin.bit() & 1) != 0;
  }

  @Override
  public boolean drivenByChip(Pin pin) {
    Port port = ports[pin.portIndex()];
    return port != null && (port.chipDrives() >>> pin.bit() & 1) != 0;
  }

  @Override
  public void drive(Pin pin, boolean level) {
    Port port = ports[pin.portIndex()];
    if (port != null) {
      int bit = 1 << pin.bit();
      int levels = level ? port.boardLevels() | bit : port.boardLevels() & ~bit;
      port.board(port.boardDrives() | bit, levels);
    }
  }

  @Override
  public void release(Pin pin) {
    Port port = ports[pin.portIndex()];
    if (port != null) {
      port.board(port.boardDrives() & ~(1 << pin.bit()), port.boardLevels());
    }
  }
}
