package org.vzrig.emulator.periph;

import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.RegisterBlock;
import org.vzrig.emulator.cpu.CoreLines;
import org.vzrig.emulator.cpu.InterruptInput;
import org.vzrig.emulator.time.Event;
import org.vzrig.emulator.time.EventQueue;
import org.vzrig.emulator.time.VirtualClock;

/**
 * The interrupt controller (data sheet section 7).
 *
 * <p>Among the flagged and enabled requests with a priority it presents the one with the highest
 * priority, then the highest subpriority, then the lowest number. INTSTAT shows what is presented
 * now: a request withdrawn before the core looks reads as number 0.
 */
public final class Evic implements Peripheral, CoreLines {
  /** Number of request numbers the controller has registers for. */
  public static final int REQUESTS = 214;

  private static final int WORDS = 7;
  private static final int PERFORMANCE_COUNTER = 104;
  private static final int MVEC = 1 << 12;
  private static final int SINGLE_VECTOR = 0x200;
  private static final int VOFF = 0x3_FFFE;
  private static final int PRIORITY_FIELDS = 0x1F1F1F1F;
  private static final int NMI_KEY = 0x4E;

  /** Told when a module raises its request, whether or not the flag was already set. */
  @FunctionalInterface
  public interface RequestListener {
    /** Request {@code irq} has been raised. */
    void raised(int irq);
  }

  private final RegisterBlock registers = new RegisterBlock(0x1F81_0000, 0x1000);
  private final Register intcon;
  private final Register priss;
  private final Register iptmr;
  private final Register[] flags = new Register[WORDS];

  /** The IEC registers' values. */
  private final int[] enabled = new int[WORDS];

  /** Flags that are set and enabled, and in which words there are any: mostly in none. */
  private final int[] pending = new int[WORDS];

  private int pendingWords;

  private final Register[] offsets = new Register[REQUESTS];
  private final int[] levels = new int[WORDS];
  private final byte[] keys = new byte[(REQUESTS + 3) & ~3];

  private final VirtualClock clock;
  private final EventQueue events;
  private final Event proximity;
  private boolean proximityOver;

  private InterruptInput core = (ripl, vector, set) -> {};
  private RequestListener listener = irq -> {};
  private Runnable nmi = () -> {};
  private int presented = -1;
  private int ripl;
  private int vector;
  private int shadowSet;

  /** A controller with no core attached yet. */
  public Evic(VirtualClock clock, EventQueue events) {
    this.clock = clock;
    this.events = events;
    proximity = events.event("IPTMR", this::proximityExpired);
    intcon = registers.at(0x000, "INTCON").rw(0xFF00_171F).onWrite(this::controlWritten);
    priss = registers.at(0x010, "PRISS").rw(0xFFFF_FFF1).onWrite((old, now) -> evaluate());
    registers.at(0x020, "INTSTAT").live(this::status);
    iptmr = registers.at(0x030, "IPTMR").rw();
    for (int i = 0; i < WORDS; i++) {
      int word = i;
      flags[i] =
          registers
              .at(0x040 + 0x10 * i, "IFS" + i)
              .rw()
              .onWrite((old, now) -> flagsWritten(word, old, now));
      registers
          .at(0x0C0 + 0x10 * i, "IEC" + i)
          .rw()
          .onWrite((old, now) -> enablesWritten(word, now));
    }
    for (int i = 0; i < keys.length / 4; i++) {
      int word = i;
      registers
          .at(0x140 + 0x10 * i, "IPC" + i)
          .rw(PRIORITY_FIELDS)
          .onWrite((old, now) -> prioritiesWritten(word, now));
    }
    for (int irq = 0; irq < REQUESTS; irq++) {
      offsets[irq] =
          registers
              .plain(0x540 + 4 * irq, String.format("OFF%03d", irq))
              .rw(VOFF)
              .onWrite((old, now) -> evaluate());
    }
  }

  /** Attaches the core that takes the interrupts. */
  public void connect(InterruptInput input) {
    core = input;
  }

  /** Sets who is told of raised requests (the DMA controller). */
  public void onRequest(RequestListener requestListener) {
    listener = requestListener;
  }

  /** Sets what INTCON's NMI key does. */
  public void onNmi(Runnable request) {
    nmi = request;
  }

  /** The line of request {@code irq}. */
  public InterruptLine line(int irq) {
    return new InterruptLine(this, irq);
  }

  @Override
  public RegisterBlock registers() {
    return registers;
  }

  @Override
  public void reset() {
    registers.reset();
    java.util.Arrays.fill(keys, (byte) 0);
    java.util.Arrays.fill(enabled, 0);
    java.util.Arrays.fill(pending, 0);
    pendingWords = 0;
    for (int i = 0; i < WORDS; i++) {
      flags[i].value(levels[i]);
    }
    events.cancel(proximity);
    proximityOver = false;
    evaluate();
  }

  /** Sets the flag of {@code irq}. */
  public void raise(int irq) {
    Register word = flags[irq >>> 5];
    int bit = 1 << irq;
    if (!word.has(bit)) {
      word.set(bit);
      flagChanged(irq, bit);
    }
    listener.raised(irq);
  }

  private void clear(int irq) {
    Register word = flags[irq >>> 5];
    int bit = 1 << irq;
    if (word.has(bit)) {
      word.clear(bit);
      flagChanged(irq, bit);
    }
  }

  /** Request {@code irq} is now a standing condition or no longer one. */
  public void level(int irq, boolean active) {
    int bit = 1 << irq;
    int word = irq >>> 5;
    if ((levels[word] & bit) != 0 == active) {
      return;
    }
    levels[word] ^= bit;
    if (active) {
      raise(irq);
    }
  }

  /** Whether external interrupt {@code n} (0 to 4) wants rising edges. */
  boolean risingEdge(int n) {
    return intcon.has(1 << n);
  }

  /** Whether {@code irq} is a standing condition now. */
  public boolean standing(int irq) {
    return (levels[irq >>> 5] >>> irq & 1) != 0;
  }

  /** Whether the flag of {@code irq} is set. */
  public boolean flagged(int irq) {
    return (flags[irq >>> 5].value() >>> irq & 1) != 0;
  }

  @Override
  public void timer(boolean active) {
    latch(0, active);
  }

  @Override
  public void software(int n, boolean active) {
    latch(1 + n, active);
  }

  @Override
  public void performanceCounter(boolean active) {
    latch(PERFORMANCE_COUNTER, active);
  }

  /**
   * The core's own lines set their flag when they rise, so that software can acknowledge it while
   * the condition lasts; when the line falls the flag goes with it. Firmware that re-arms Compare
   * without acknowledging sees a withdrawn request (INTSTAT.SIRQ = 0 with Cause.TI = 0), not one
   * that never ends.
   */
  private void latch(int irq, boolean active) {
    if (active) {
      raise(irq);
    } else {
      clear(irq);
    }
  }

  private int status() {
    return ripl << 8 | Math.max(presented, 0);
  }

  private void controlWritten(int old, int now) {
    if (now >>> 24 == NMI_KEY && (intcon.lanes() & 0xFF00_0000) != 0) {
      nmi.run();
    }
    intcon.value(now & 0x00FF_FFFF);
    evaluate();
  }

  /** What is presented depends on enabled flags alone. */
  private void flagsWritten(int word, int old, int now) {
    int kept = now | levels[word];
    flags[word].value(kept);
    if (((old ^ kept) & enabled[word]) != 0) {
      pendingChanged(word);
    }
  }

  private void flagChanged(int irq, int bit) {
    int word = irq >>> 5;
    if ((enabled[word] & bit) != 0) {
      pendingChanged(word);
    }
  }

  private void pendingChanged(int word) {
    int now = flags[word].value() & enabled[word];
    pending[word] = now;
    pendingWords = now != 0 ? pendingWords | 1 << word : pendingWords & ~(1 << word);
    evaluate();
  }

  private void enablesWritten(int word, int now) {
    enabled[word] = now;
    pendingChanged(word);
  }

  private void prioritiesWritten(int word, int now) {
    for (int i = 0; i < 4; i++) {
      keys[4 * word + i] = (byte) (now >>> 8 * i & 0x1F);
    }
    evaluate();
  }

  private void proximityExpired() {
    proximityOver = true;
    evaluate();
  }

  private void evaluate() {
    int best = best();
    int priority = best < 0 ? 0 : keys[best] >>> 2;
    if (priority == 0) {
      proximityOver = false;
      events.cancel(proximity);
      present(-1, 0);
    } else if (heldBack(priority)) {
      present(-1, 0);
    } else {
      present(best, priority);
    }
  }

  /** The proximity timer holds requests up to priority TPC back, so that they come together. */
  private boolean heldBack(int priority) {
    if (priority > intcon.field(8, 3) || proximityOver || presented >= 0) {
      return false;
    }
    if (!proximity.pending()) {
      events.schedule(proximity, clock.cycles() + Integer.toUnsignedLong(iptmr.value()));
    }
    return true;
  }

  private int best() {
    int best = -1;
    int bestKey = 3;
    for (int words = pendingWords; words != 0; words &= words - 1) {
      int word = Integer.numberOfTrailingZeros(words);
      for (int bits = pending[word]; bits != 0; bits &= bits - 1) {
        int irq = (word << 5) + Integer.numberOfTrailingZeros(bits);
        if (irq < REQUESTS && keys[irq] > bestKey) {
          best = irq;
          bestKey = keys[irq];
        }
      }
    }
    return best;
  }

  private void present(int irq, int priority) {
    boolean many = intcon.has(MVEC);
    int newVector = irq >= 0 && many ? offsets[irq].value() : SINGLE_VECTOR;
    int newSet = many ? priss.value() >>> 4 * priority & 0xF : priss.value() & 1;
    int set = priority == 0 ? 0 : newSet & 7;
    presented = irq;
    if (priority != ripl || newVector != vector || set != shadowSet) {
      ripl = priority;
      vector = newVector;
      shadowSet = set;
      core.request(priority, newVector, set);
    }
  }
}
