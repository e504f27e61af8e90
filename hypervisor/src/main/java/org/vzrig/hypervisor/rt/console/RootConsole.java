package org.vzrig.hypervisor.rt.console;

import java.util.Locale;

/**
 * What root and its guests print: everything goes through the log in the order in which it was
 * said, and a carriage return follows each line feed.
 */
public final class RootConsole {
  private final LogRing log;
  private final Line line;
  private final Printed printed;
  private long reported;

  /** Told who prints what. */
  @FunctionalInterface
  public interface Printed {
    /** Thread {@code id}, 0 for root, has printed {@code character}. */
    void by(int id, int character);
  }

  /** Prints through {@code log} to {@code line} and tells {@code printed}. */
  public RootConsole(LogRing log, Line line, Printed printed) {
    this.log = log;
    this.line = line;
    this.printed = printed;
  }

  /** Prints a formatted text of root's. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency for one method
  public void print(String format, Object... values) {
    reportLosses();
    String.format(Locale.ROOT, format, values).chars().forEach(this::put);
    line.send();
  }

  /** Root prints one character. */
  public void echo(int character) {
    put(character);
    line.send();
  }

  /** The guest or thread {@code id} prints one character. */
  public void guestPrints(int id, int character) {
    if (log.hasRoomForGuests()) {
      put(id, character);
      line.send();
    } else {
      log.drop();
    }
  }

  /** Whether a guest's next character would be taken. */
  public boolean hasRoomForGuests() {
    return log.hasRoomForGuests();
  }

  private void put(int character) {
    put(0, character);
  }

  private void put(int id, int character) {
    printed.by(id, character);
    log.put(character);
    if (character == '\n') {
      log.put('\r');
    }
  }

  private void reportLosses() {
    if (log.lost() > reported && log.hasRoomForGuests()) {
      String text = "\n[console: %d characters lost]\n".formatted(log.lost() - reported);
      reported = log.lost();
      text.chars().forEach(this::put);
    }
  }

  /** Characters that never reached the line. */
  public long lost() {
    return log.lost();
  }
}
