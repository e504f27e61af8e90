package org.vzrig.appliance.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.daemon.Daemon;
import org.vzrig.appliance.daemon.Events;
import org.vzrig.appliance.daemon.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** One client of the control socket. */
final class ClientSession implements Events.Subscriber {
  private static final int LONGEST = 1 << 20;

  private final SocketChannel channel;
  private final Daemon daemon;
  private final Requests requests;
  private final String name;
  private final Outbox outbox = new Outbox();
  private final Set<String> topics = ConcurrentHashMap.newKeySet();

  /**
   * A client.
   *
   * @param name who it is, for others
   */
  ClientSession(SocketChannel channel, Daemon daemon, Requests requests, String name) {
    this.channel = channel;
    this.daemon = daemon;
    this.requests = requests;
    this.name = name;
  }

  /** Who it is. */
  String name() {
    return name;
  }

  @Override
  public boolean wants(String topic) {
    return topics.contains(topic);
  }

  @Override
  public void take(byte[] line) {
    if (!outbox.event(line)) {
      daemon.clientLost();
    }
  }

  /** From now on it gets events of {@code topic}. */
  void watch(String topic) {
    topics.add(topic);
  }

  /** It gets no events of {@code topic} any more. */
  void unwatch(String topic) {
    topics.remove(topic);
  }

  /** Serves the client until it goes away. */
  void run(ObjectNode greeting) {
    Thread writer = Thread.ofVirtual().name("control writer").start(this::write);
    daemon.events().add(this);
    try (channel) {
      outbox.answer(Json.line(greeting));
      read();
      outbox.close();
      writer.join();
    } catch (IOException e) {
      Logger.debug("{} went away: {}", name, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      daemon.events().remove(this);
      daemon.input().release(this);
      outbox.close();
    }
  }

  private void read() throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        handle(line.toString());
        line.setLength(0);
      } else if (line.length() == LONGEST) {
        outbox.answer(error(Json.object(), "too-long", List.of("a request is at most 1 MiB long")));
        return;
      } else {
        line.append((char) c);
      }
    }
  }

  private void handle(String line) throws InterruptedException {
    if (line.isBlank()) {
      return;
    }
    ObjectNode answer = Json.object();
    try {
      Request request = new Request(Json.parse(line));
      if (request.json().has("id")) {
        answer.set("id", request.json().get("id"));
      }
      ObjectNode result = requests.handle(request, this);
      outbox.answer(Json.line(answer.put("ok", true).set("result", result)));
    } catch (JacksonException e) {
      outbox.answer(error(answer, "bad-request", List.of("not JSON: " + e.getOriginalMessage())));
    } catch (BadRequest | IllegalArgumentException e) {
      outbox.answer(error(answer, "bad-request", List.of(String.valueOf(e.getMessage()))));
    } catch (CommandFailure e) {
      outbox.answer(error(answer, "failed", e.lines()));
    } catch (IOException e) {
      outbox.answer(error(answer, "failed", List.of(String.valueOf(e.getMessage()))));
    } catch (RuntimeException e) {
      Logger.error(e, "a request failed: {}", line);
      outbox.answer(error(answer, "internal", List.of("internal error: " + e)));
    }
  }

  private static byte[] error(ObjectNode answer, String code, List<String> lines) {
    answer.put("ok", false);
    ObjectNode error = answer.putObject("error").put("code", code);
    lines.forEach(error.putArray("lines")::add);
    return Json.line(answer);
  }

  private void write() {
    try {
      for (byte[] line = outbox.take(); line.length > 0; line = outbox.take()) {
        ByteBuffer buffer = ByteBuffer.wrap(line);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    } catch (IOException e) {
      Logger.debug("{} went away: {}", name, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
