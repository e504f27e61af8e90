package org.vzrig.appliance.daemon;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.tinylog.Logger;
import org.vzrig.appliance.run.Target;
import org.vzrig.boards.Led;
import org.vzrig.boards.Pin;
import org.vzrig.emulator.port.EventRing;
import org.vzrig.hil.agent.Agent;

/**
 * Carries consoles and lights from the machine to those who watch them.
 *
 * <p>Views of bytes are called {@code console} (the console's line as it is), {@code guest 1} and
 * so on and {@code root} (what each of them prints), {@code uart 1} and so on (the other lines),
 * and {@code real} (the real board). Each view keeps its last bytes for those who come later.
 */
public final class Hub implements Attachment {
  /** The console's line. */
  public static final String CONSOLE = "console";

  /** What the hypervisor prints. */
  public static final String ROOT = "root";

  /** The real board's console. */
  public static final String REAL = "real";

  private static final int EVENTS = 1 << 16;
  private static final int HISTORY = 1 << 16;
  private static final int PRINTED = 1;
  private static final int SENT = 2;
  private static final int PIN = 3;

  /** Bytes that come within this time make one event. */
  private static final long GATHER_NANOS = 5_000_000;

  private final Events events;
  private final Map<String, History> histories = new TreeMap<>();
  private final Map<String, Boolean> lights = new LinkedHashMap<>();
  private long lost;

  /** A hub that tells {@code events}. */
  public Hub(Events events) {
    this.events = events;
  }

  /** The view of what guest {@code id} prints. */
  public static String guest(int id) {
    return id == 0 ? ROOT : "guest " + id;
  }

  @Override
  public void attach(PoweredMachine machine) {
    Target target = machine.target();
    EventRing ring = new EventRing(EVENTS);
    for (int n = 1; n <= Target.UARTS; n++) {
      int source = n;
      target
          .uart()
          .apply(n)
          .onTransmit((cycle, value) -> ring.offer(cycle, SENT << 24 | source << 16 | value));
    }
    target
        .rig()
        .ifPresent(
            rig ->
                rig.onPrint(
                    (cycle, id, value) -> ring.offer(cycle, PRINTED << 24 | id << 16 | value)));
    target
        .pins()
        .onChange(
            (cycle, pin, level) ->
                ring.offer(cycle, PIN << 24 | pin.index() << 16 | (level ? 1 : 0)));
    lightsOf(target);
    machine.beside(new Pump(machine, ring), ring);
  }

  private synchronized void lightsOf(Target target) {
    lights.clear();
    for (Led led : target.board().leds()) {
      lights.put(led.name(), target.pins().level(led.pin()) != led.activeLow());
    }
  }

  @Override
  public synchronized void detach() {
    lights.replaceAll((led, lit) -> false);
  }

  /** Which lights are on, in the order of the board. */
  public synchronized Map<String, Boolean> lights() {
    return new LinkedHashMap<>(lights);
  }

  /** Events of the machine that were lost on their way here. */
  public synchronized long lost() {
    return lost;
  }

  /** The views that have shown something. */
  public synchronized List<String> views() {
    return List.copyOf(histories.keySet());
  }

  /**
   * The last bytes of {@code view}; {@code then} runs before any later byte is published.
   *
   * @return a character 0 to 255 for each byte
   */
  public synchronized String recent(String view, Runnable then) {
    History history = histories.get(view);
    then.run();
    return history == null ? "" : history.text();
  }

  /** Bytes of {@code view} have come, the first at {@code nanos}. */
  public synchronized void show(String view, long nanos, String bytes) {
    histories.computeIfAbsent(view, name -> new History(HISTORY)).add(bytes);
    events.publish(
        Events.CONSOLE + view,
        event -> event.put("view", view).put("time", nanos / 1e9).put("text", bytes));
  }

  /** {@code led} is lit, or not, since {@code nanos}. */
  synchronized void light(Led led, boolean lit, long nanos) {
    Boolean before = lights.put(led.name(), lit);
    if (before == null || before != lit) {
      events.publish(
          Events.LED,
          event -> event.put("led", led.name()).put("on", lit).put("time", nanos / 1e9));
    }
  }

  private synchronized void lose(long count) {
    lost += count;
  }

  /** Drains one machine's ring. */
  private final class Pump implements Agent {
    private final PoweredMachine machine;
    private final EventRing ring;
    private final int console;
    private final Map<String, Gathered> gathered = new LinkedHashMap<>();
    private final Map<Pin, Led> leds = new LinkedHashMap<>();
    private final Map<Led, Lit> changed = new LinkedHashMap<>();
    private long reported;

    private record Gathered(long cycle, StringBuilder bytes) {}

    private record Lit(long cycle, boolean on) {}

    Pump(PoweredMachine machine, EventRing ring) {
      this.machine = machine;
      this.ring = ring;
      console = machine.target().consoleNumber();
      machine.target().board().leds().forEach(led -> leds.put(led.pin(), led));
    }

    @Override
    public String name() {
      return "hub";
    }

    @Override
    public boolean ready() {
      return ring.size() > 0;
    }

    @Override
    public int step() {
      int count = ring.drain(this::take);
      gathered.forEach(
          (view, part) -> show(view, machine.time().nanos(part.cycle), part.bytes.toString()));
      gathered.clear();
      changed.forEach((led, lit) -> light(led, lit.on, machine.time().nanos(lit.cycle)));
      changed.clear();
      countLosses();
      if (count > 0) {
        LockSupport.parkNanos(GATHER_NANOS);
      }
      return count;
    }

    private void take(long cycle, int code) {
      int source = code >>> 16 & 0xFF;
      switch (code >>> 24) {
        case PRINTED -> gather(guest(source), cycle, code);
        case SENT -> gather(source == console ? CONSOLE : "uart " + source, cycle, code);
        default -> {
          Led led = leds.get(Pin.at(source));
          if (led != null) {
            changed.put(led, new Lit(cycle, (code & 1) != 0 != led.activeLow()));
          }
        }
      }
    }

    private void gather(String view, long cycle, int value) {
      Gathered part =
          gathered.computeIfAbsent(view, name -> new Gathered(cycle, new StringBuilder()));
      part.bytes.append((char) (value & 0xFF));
    }

    private void countLosses() {
      long now = ring.lost() - reported;
      if (now > 0) {
        reported += now;
        lose(now);
        Logger.warn("{} events of the machine came too fast for those who watch", now);
      }
    }

    @Override
    public void close() {}
  }
}
