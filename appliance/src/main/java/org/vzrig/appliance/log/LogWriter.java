package org.vzrig.appliance.log;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;
import org.tinylog.core.LogEntry;
import org.tinylog.core.LogEntryValue;
import org.tinylog.writers.Writer;

/**
 * Takes what tinylog hands over, which makes it by the name in {@code tinylog.properties}, and
 * hands it to the {@link Consumer}s of now: standard error, unless a daemon has put others in its
 * place.
 */
public final class LogWriter implements Writer {
  private static final List<Consumer<Message>> EXTRA = new CopyOnWriteArrayList<>();
  private static volatile Consumer<Message> main = LogWriter::toStandardError;
  private static volatile Level least = Level.INFO;

  /** Made by tinylog; {@code properties} are not used. */
  public LogWriter(Map<String, String> properties) {}

  /** Messages below {@code level} are dropped from now on. */
  public static void level(Level level) {
    least = level;
  }

  /** Messages go to {@code target} from now on; null brings standard error back. */
  public static void target(@Nullable Consumer<Message> target) {
    main = target == null ? LogWriter::toStandardError : target;
  }

  /** Messages go to {@code listener} too. */
  public static void add(Consumer<Message> listener) {
    EXTRA.add(listener);
  }

  /** Ends {@link #add}. */
  public static void remove(Consumer<Message> listener) {
    EXTRA.remove(listener);
  }

  /** Prints {@code message} as commands do. */
  @SuppressWarnings("SystemOut")
  public static void toStandardError(Message message) {
    System.err.println("vzrig: " + message.level() + ": " + message.text());
  }

  @Override
  public Collection<LogEntryValue> getRequiredLogEntryValues() {
    return EnumSet.of(
        LogEntryValue.DATE,
        LogEntryValue.LEVEL,
        LogEntryValue.TAG,
        LogEntryValue.MESSAGE,
        LogEntryValue.EXCEPTION);
  }

  @Override
  public void write(LogEntry entry) {
    if (entry.getLevel().compareTo(least) < 0) {
      return;
    }
    String text = entry.getMessage() == null ? "" : entry.getMessage();
    if (entry.getException() != null) {
      text += ": " + entry.getException();
    }
    Message message =
        new Message(entry.getTimestamp().toInstant(), entry.getLevel(), entry.getTag(), text);
    main.accept(message);
    EXTRA.forEach(listener -> listener.accept(message));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
