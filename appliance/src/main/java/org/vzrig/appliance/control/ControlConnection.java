package org.vzrig.appliance.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.daemon.Json;
import tools.jackson.databind.node.ObjectNode;

/** The client's end of the control socket. Used by one thread, except for {@link #send}. */
public final class ControlConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final BufferedReader in;
  private final Queue<ObjectNode> events = new ArrayDeque<>();
  private long lastId;

  private ControlConnection(SocketChannel channel) {
    this.channel = channel;
    in =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
  }

  /**
   * Connects to the daemon at {@code socket}.
   *
   * @throws CommandFailure when nobody listens there, or speaks another version of the protocol
   */
  public static ControlConnection open(Path socket) throws CommandFailure {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
      ControlConnection connection = new ControlConnection(channel);
      connection.greet(socket);
      return connection;
    } catch (IOException | UnsupportedOperationException e) {
      throw new CommandFailure(ExitCode.HOST_IO, reason(socket, e));
    }
  }

  private static String reason(Path socket, Exception e) {
    if (!Files.exists(socket)) {
      return socket + ": no such socket: no daemon runs, or --socket has to name another one";
    }
    if (!Files.isWritable(socket)) {
      return socket + ": permission denied (become a member of the group that owns it)";
    }
    return socket + ": no daemon answers: " + e.getMessage();
  }

  private void greet(Path socket) throws IOException, CommandFailure {
    ObjectNode greeting = readLine();
    int version = greeting.path("protocol").asInt(-1);
    if (version != ControlServer.PROTOCOL) {
      throw new CommandFailure(
          ExitCode.HOST_IO,
          "%s: expected a daemon with protocol %d, found %d"
              .formatted(socket, ControlServer.PROTOCOL, version));
    }
  }

  private ObjectNode readLine() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the daemon has closed the connection");
    }
    return Json.parse(line);
  }

  /** Sends a request and returns its result; events that come meanwhile are kept. */
  public ObjectNode call(ObjectNode request) throws IOException, CommandFailure {
    long id = ++lastId;
    send(request.put("id", id));
    while (true) {
      ObjectNode line = readLine();
      if (line.has("event")) {
        events.add(line);
      } else if (line.path("id").asLong(-1) == id) {
        return result(line);
      }
    }
  }

  private static ObjectNode result(ObjectNode answer) throws CommandFailure {
    if (answer.path("ok").asBoolean(false) && answer.get("result") instanceof ObjectNode result) {
      return result;
    }
    List<String> lines = new ArrayList<>();
    answer.path("error").path("lines").forEach(line -> lines.add(line.asString()));
    boolean wrong = answer.path("error").path("code").asString("").equals("bad-request");
    throw new CommandFailure(wrong ? ExitCode.USAGE : ExitCode.REFUSED, lines);
  }

  /** Any thread: sends a request without waiting for the answer. */
  public synchronized void send(ObjectNode request) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(Json.line(request));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  /** The next event or answer, for which it waits. */
  public ObjectNode next() throws IOException {
    ObjectNode kept = events.poll();
    return kept == null ? readLine() : kept;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // it is gone, which is what closing is for
    }
  }
}
