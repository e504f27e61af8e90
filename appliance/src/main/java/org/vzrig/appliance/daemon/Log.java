package org.vzrig.appliance.daemon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.vzrig.appliance.log.LogWriter;
import org.vzrig.appliance.log.Message;
import tools.jackson.databind.node.ObjectNode;

/** Keeps the last messages of a daemon for {@code vzrig ctl log} and tells new ones. */
public final class Log implements AutoCloseable {
  private static final int KEPT = 10_000;

  private final Events events;
  private final Deque<Message> kept = new ArrayDeque<>();
  private final Consumer<Message> listener = this::take;

  /** Listens from now on. */
  public Log(Events events) {
    this.events = events;
    LogWriter.add(listener);
  }

  private void take(Message message) {
    synchronized (kept) {
      kept.add(message);
      if (kept.size() > KEPT) {
        kept.remove();
      }
    }
    events.publish(Events.LOG, event -> fill(event, message));
  }

  /** The last {@code count} messages, oldest first. */
  public List<ObjectNode> recent(int count) {
    synchronized (kept) {
      return kept.stream()
          .skip(Math.max(0, kept.size() - count))
          .map(message -> fill(Json.object(), message))
          .toList();
    }
  }

  private static ObjectNode fill(ObjectNode node, Message message) {
    node.put("at", message.time().toString());
    node.put("level", message.levelName());
    if (!message.guest().isEmpty()) {
      node.put("guest", message.guest());
    }
    if (!message.device().isEmpty()) {
      node.put("device", message.device());
    }
    return node.put("message", message.text());
  }

  @Override
  public void close() {
    LogWriter.remove(listener);
  }
}
