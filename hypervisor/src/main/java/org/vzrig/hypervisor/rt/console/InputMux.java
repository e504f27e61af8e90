package org.vzrig.hypervisor.rt.console;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Who gets what is typed: Ctrl-E and a digit choose the thread, every other byte goes into the
 * small ring of the thread chosen last.
 */
public final class InputMux {
  private static final int ESCAPE = 5;
  private static final int BEL = 7;

  private final IntPredicate exists;
  private final IntConsumer taken;
  private final IntConsumer echo;
  private final Ring[] rings;
  private int owner;
  private boolean escaped;

  /**
   * A multiplexer whose input belongs to root at first.
   *
   * @param threads highest thread id
   * @param exists whether there is a thread with that id
   * @param taken told the id of a thread whose ring got a byte
   * @param echo prints a character
   */
  public InputMux(int threads, IntPredicate exists, IntConsumer taken, IntConsumer echo) {
    this.exists = exists;
    this.taken = taken;
    this.echo = echo;
    rings = new Ring[threads + 1];
    Arrays.setAll(rings, id -> new Ring());
  }

  /** The thread that gets input now. */
  public int owner() {
    return owner;
  }

  /** A byte has arrived from the line. */
  public void received(int value) {
    if (escaped) {
      escaped = false;
      select(value - '0');
    } else if ((value & 0x7F) == ESCAPE) {
      escaped = true;
    } else {
      deliver(value);
    }
  }

  /** A digit without a thread rings the bell and changes nothing. */
  private void select(int id) {
    if (id == 0 || id > 0 && id < rings.length && id <= 9 && exists.test(id)) {
      owner = id;
    } else {
      echo.accept(BEL);
    }
  }

  private void deliver(int value) {
    if (!rings[owner].put(value)) {
      echo.accept(BEL);
      return;
    }
    if (owner == 0) {
      echoForRoot(value);
    }
    taken.accept(owner);
  }

  private void echoForRoot(int value) {
    if (value == '\r') {
      echo.accept('\n');
    }
    if ((value & 0x60) != 0 || value == '\r' || value == '\t' || value == BEL || value == '\b') {
      echo.accept(value);
    }
  }

  /** Whether a byte waits for thread {@code id}. */
  public boolean waiting(int id) {
    return id < rings.length && rings[id].used > 0;
  }

  /** The next byte for thread {@code id}; the last one again when none waits. */
  public int next(int id) {
    return rings[id].take();
  }

  /** Drops what waits for thread {@code id}. */
  public void clear(int id) {
    rings[id].used = 0;
  }

  /** Eight places, of which seven are used, as in tinyVP. */
  private static final class Ring {
    private static final int ROOM = 7;
    private final int[] bytes = new int[ROOM];
    private int head;
    private int used;
    private int last;

    boolean put(int value) {
      if (used == ROOM) {
        return false;
      }
      bytes[(head + used++) % ROOM] = value;
      return true;
    }

    int take() {
      if (used > 0) {
        last = bytes[head];
        head = (head + 1) % ROOM;
        used--;
      }
      return last;
    }
  }
}
