package org.vzrig.appliance.systemd;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.vzrig.boards.testing.RequiredTool;

/** Plays systemd: receives datagrams at a socket. */
public final class DatagramReceiver implements AutoCloseable {
  private static final String SCRIPT =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1].replace('@', '\\0'))
      print(flush=True)
      while True: print(s.recv(65536).hex(), flush=True)
      """;

  private final Process python;
  private final BufferedReader out;

  /** Receives at {@code address}: a path, or a name of the abstract namespace behind an @. */
  public DatagramReceiver(String address) throws IOException {
    Path tool = RequiredTool.find("python3", "python3");
    python =
        new ProcessBuilder(tool.toString(), "-c", SCRIPT, address)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = python.inputReader();
    out.readLine();
  }

  /** The next datagram, for which it waits. */
  public String next() {
    try {
      return new String(HexFormat.of().parseHex(out.readLine()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a datagram that begins with {@code start}. */
  public String await(String start) {
    String message = next();
    while (!message.startsWith(start)) {
      message = next();
    }
    return message;
  }

  @Override
  public void close() {
    python.destroy();
  }
}
