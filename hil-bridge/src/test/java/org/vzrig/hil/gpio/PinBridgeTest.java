package org.vzrig.hil.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.port.PinPort;

/** Edges between pins and lines in memory, with clocks that the test turns. */
class PinBridgeTest {
  private static final long MICROSECOND = 1_000;
  private static final long MILLISECOND = 1_000_000;
  private static final Pin RB11 = Pin.of("RB11");

  private final List<String> driven = new ArrayList<>();
  private final MemoryLines lines =
      new MemoryLines((wiring, high) -> driven.add(wiring.name() + (high ? "+" : "-")));
  private final Pins pins = new Pins();
  private final List<String> inputs = new ArrayList<>();
  private long now;
  private final PinBridge bridge =
      new PinBridge(
          lines, cycle -> cycle, (pin, level) -> inputs.add(pin + (level ? "+" : "-")), () -> now);

  /** Pins whose cycles are nanoseconds. */
  private static final class Pins implements PinPort {
    private final Map<Pin, Boolean> levels = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    void change(long nanos, Pin pin, boolean level) {
      levels.put(pin, level);
      listeners.forEach(listener -> listener.pinChanged(nanos, pin, level));
    }

    @Override
    public void onChange(Listener listener) {
      listeners.add(listener);
    }

    @Override
    public boolean level(Pin pin) {
      return levels.getOrDefault(pin, false);
    }

    @Override
    public boolean drivenByChip(Pin pin) {
      return false;
    }

    @Override
    public void drive(Pin pin, boolean level) {
      change(0, pin, level);
    }

    @Override
    public void release(Pin pin) {}
  }

  private void wire(String... texts) throws IOException {
    List<Wiring> wirings = new ArrayList<>();
    for (String text : texts) {
      wirings.add(Wiring.parse(Boards.WIFIRE, text));
    }
    bridge.attach(wirings, pins);
  }

  private void toggle(int count, long step) {
    for (int i = 1; i <= count; i++) {
      pins.change(i * step, RB11, i % 2 == 1);
    }
  }

  @Test
  void passesEveryEdgeUpToOneKilohertzInOrder() throws IOException {
    wire("RB11=gpiochip0/17");
    toggle(2001, 500 * MICROSECOND);
    bridge.step();
    assertEquals(2002, driven.size(), "the first level and each edge");
    assertEquals(List.of("RB11-", "RB11+", "RB11-", "RB11+"), driven.subList(0, 4));
    assertEquals(new PinBridge.Counts(2001, 0, 0, 0), bridge.counts());
  }

  @Test
  void mergesFasterEdgesAndKeepsTheLastLevel() throws IOException {
    wire("RB11=gpiochip0/17");
    toggle(1001, 20 * MICROSECOND);
    bridge.step();
    now += MILLISECOND;
    bridge.step();
    assertEquals("RB11+", driven.getLast());
    PinBridge.Counts counts = bridge.counts();
    assertTrue(counts.edges() >= 35 && counts.edges() <= 43, "20 ms of edges: " + counts);
    assertEquals(1001, counts.edges() + counts.merged());
  }

  @Test
  void releasesAnEdgeThatWasHeldBackWhenNoOtherComes() throws IOException {
    wire("RB11=gpiochip0/17");
    toggle(2, 10 * MICROSECOND);
    bridge.step();
    assertEquals(List.of("RB11-", "RB11+"), driven);
    assertEquals(MILLISECOND, bridge.idleNanos());
    now += MILLISECOND;
    bridge.step();
    assertEquals(List.of("RB11-", "RB11+", "RB11-"), driven);
  }

  @Test
  void findsTheLastLevelAgainAfterALoss() throws IOException {
    wire("RB11=gpiochip0/17");
    int room = bridge.ring().capacity();
    toggle(room + 1, MILLISECOND);
    bridge.step();
    assertEquals("RB11-", driven.getLast());
    bridge.step();
    assertEquals("RB11+", driven.getLast());
    assertEquals(1, bridge.counts().lost());
  }

  @Test
  void debouncesInputs() throws IOException {
    wire("BTN1=gpiochip0/4,low,debounce=5");
    boolean pressed = !Boards.WIFIRE.button("BTN1").orElseThrow().activeLow();
    Pin pin = Boards.WIFIRE.button("BTN1").orElseThrow().pin();
    assertEquals(!pressed, pins.level(pin));
    for (int i = 0; i < 8; i++) {
      lines.put("gpiochip0/4", i % 2 == 1);
      now += MILLISECOND;
      bridge.step();
    }
    lines.put("gpiochip0/4", false);
    bridge.step();
    now += 4 * MILLISECOND;
    bridge.step();
    assertEquals(List.of(), inputs);
    now += MILLISECOND;
    bridge.step();
    assertEquals(List.of(pin + (pressed ? "+" : "-")), inputs);
  }

  @Test
  void leavesOutputsAtTheirSafeLevel() throws IOException {
    wire("RB11=gpiochip0/17,low", "RB12=gpiochip:lab/3", "BTN1=gpiochip0/4");
    pins.change(MILLISECOND, RB11, true);
    pins.change(MILLISECOND, Pin.of("RB12"), true);
    bridge.step();
    assertEquals(List.of("RB11+", "RB12-", "RB11-", "RB12+"), driven);
    assertTrue(lines.used("gpiochip:lab/3"));
    bridge.close();
    assertEquals(List.of("RB11+", "RB12-"), driven.subList(4, 6));
    assertFalse(lines.used("gpiochip:lab/3"));
    assertFalse(lines.used("gpiochip0/4"));
  }
}
