package org.vzrig.appliance.systemd;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.tinylog.Level;
import org.vzrig.appliance.log.LogWriter;
import org.vzrig.appliance.log.Message;

/**
 * Writes messages to the journal with fields of ours: {@code VZRIG_RIG}, {@code VZRIG_BOARD},
 * {@code VZRIG_GUEST}, {@code VZRIG_DEVICE}. Any thread; never waits: messages that the journal has
 * no room for are counted and told later.
 */
public final class Journal implements Consumer<Message>, AutoCloseable {
  private static final String SOCKET = "/run/systemd/journal/socket";

  /** A datagram has to fit into the socket's buffer. */
  private static final int LONGEST = 48 * 1024;

  private final UnixDatagram socket;
  private final Map<String, String> always;
  private long missed;

  /**
   * A journal.
   *
   * @param address its socket
   * @param always fields of every message
   */
  Journal(String address, Map<String, String> always) throws IOException {
    socket = new UnixDatagram(address);
    this.always = Map.copyOf(always);
  }

  /** The journal, when the service manager has tied standard error of this process to it. */
  public static Optional<Journal> ifPresent(
      Map<String, String> environment, Map<String, String> always) {
    try {
      return tied(environment.get("JOURNAL_STREAM"))
          ? Optional.of(new Journal(SOCKET, always))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // standard error goes there too
    }
  }

  /** The variable has device and inode of the stream, and is inherited by others. */
  private static boolean tied(@org.jspecify.annotations.Nullable String stream) throws IOException {
    if (stream == null) {
      return false;
    }
    Path standardError = Path.of("/proc/self/fd/2");
    String own =
        Files.getAttribute(standardError, "unix:dev")
            + ":"
            + Files.getAttribute(standardError, "unix:ino");
    return own.equals(stream);
  }

  @Override
  public synchronized void accept(Message message) {
    Map<String, String> fields = new LinkedHashMap<>(always);
    fields.put("MESSAGE", message.text());
    fields.put("PRIORITY", String.valueOf(priority(message.level())));
    fields.put("SYSLOG_IDENTIFIER", "vzrig");
    if (!message.guest().isEmpty()) {
      fields.put("VZRIG_GUEST", message.guest());
    }
    if (!message.device().isEmpty()) {
      fields.put("VZRIG_DEVICE", message.device());
    }
    if (missed > 0) {
      fields.put("VZRIG_MISSED_MESSAGES", String.valueOf(missed));
    }
    try {
      missed = socket.send(encoded(fields)) ? 0 : missed + 1;
    } catch (IOException e) {
      LogWriter.toStandardError(message);
    }
  }

  /** As syslog(3) counts. */
  private static int priority(Level level) {
    return switch (level) {
      case ERROR -> 3;
      case WARN -> 4;
      case INFO -> 6;
      default -> 7;
    };
  }

  /** Values with line feeds have their length in front (systemd's native journal protocol). */
  static byte[] encoded(Map<String, String> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach(
        (name, value) -> {
          byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
          int length = Math.min(bytes.length, LONGEST);
          out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
          if (value.indexOf('\n') >= 0) {
            out.write('\n');
            out.writeBytes(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
          } else {
            out.write('=');
          }
          out.write(bytes, 0, length);
          out.write('\n');
        });
    return out.toByteArray();
  }

  @Override
  public void close() {
    socket.close();
  }
}
