package org.vzrig.appliance.daemon;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Hands what happens to whoever wants to hear it. Any thread. */
public final class Events {
  /** States of the machine. */
  public static final String MACHINE = "machine";

  /** States of guests. */
  public static final String GUEST = "guest";

  /** Lights. */
  public static final String LED = "led";

  /** Messages. */
  public static final String LOG = "log";

  /** Bytes of a view of the console: its name stands behind. */
  public static final String CONSOLE = "console ";

  private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

  /** Somebody who listens. */
  public interface Subscriber {
    /** Whether it wants events of {@code topic}. */
    boolean wants(String topic);

    /** Takes a line of JSON; must not wait. */
    void take(byte[] line);
  }

  /** {@code subscriber} hears what happens from now on. */
  public void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  /** {@code subscriber} hears nothing any more. */
  public void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /** Something of {@code topic} has happened; {@code fill} describes it, if anybody listens. */
  public void publish(String topic, Consumer<ObjectNode> fill) {
    byte[] line = null;
    for (Subscriber subscriber : subscribers) {
      if (subscriber.wants(topic)) {
        line = line == null ? line(topic, fill) : line;
        subscriber.take(line);
      }
    }
  }

  private static byte[] line(String topic, Consumer<ObjectNode> fill) {
    ObjectNode event = Json.object();
    event.put("event", topic.startsWith(CONSOLE) ? CONSOLE.strip() : topic);
    fill.accept(event);
    return Json.line(event);
  }
}
