package org.vzrig.bench.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.vzrig.hil.serial.SerialLine;
import org.vzrig.hil.serial.SerialLines;

/** Programs at the other ends of a daemon's routes: they count what they read. */
final class Clients implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Map<String, LongAdder> counts = new LinkedHashMap<>();
  private final Map<String, SerialLine> lines = new LinkedHashMap<>();
  private final Socket socket = new Socket();
  private volatile boolean closed;

  /** Opens {@code line}, the other end of {@code route}, and reads from it until the end. */
  void add(String route, String line) throws IOException {
    SerialLine open = SerialLines.opener(line).open(115_200);
    lines.put(route, open);
    start(route, buffer -> open.read(buffer, 0, buffer.length, LOOK));
  }

  /** Connects to {@code port}, the other end of {@code route}, and reads from it until the end. */
  void add(String route, int port) throws IOException {
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    start(route, buffer -> Math.max(0, socket.getInputStream().read(buffer)));
  }

  private interface Source {
    int read(byte[] buffer) throws IOException;
  }

  private void start(String route, Source source) {
    LongAdder count = new LongAdder();
    counts.put(route, count);
    Thread.ofPlatform().daemon().name(route).start(() -> read(route, source, count));
  }

  private void read(String route, Source source, LongAdder count) {
    byte[] buffer = new byte[4096];
    try {
      while (!closed) {
        count.add(source.read(buffer));
      }
    } catch (IOException e) {
      if (!closed) {
        System.out.println(route + ": " + e.getMessage());
      }
    }
  }

  /** Types {@code text} at the client of {@code route}. */
  void type(String route, String text) throws IOException {
    SerialLine open = lines.get(route);
    if (open == null) {
      throw new IllegalArgumentException("no client at " + route);
    }
    open.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** How many bytes came at the client of {@code route}, -1 where it has none. */
  long read(String route) {
    LongAdder count = counts.get(route);
    return count == null ? -1 : count.sum();
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone either way
    }
    lines.values().forEach(SerialLine::close);
  }
}
