package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.control.ControlConnection;
import org.vzrig.appliance.control.ControlServer;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsLoader;
import org.vzrig.appliance.settings.SettingsSource;
import org.vzrig.hil.gpio.GpioLines;
import tools.jackson.databind.node.ObjectNode;

/** A daemon in this process, with its control socket in a directory of the test's. */
public final class RunningDaemon implements AutoCloseable {
  /** Its configuration file. */
  public final Path file;

  /** Its socket. */
  public final Path socket;

  private final Daemon daemon;
  private final ControlServer server;

  /**
   * Starts a daemon whose settings are those of {@code lines} behind the table [rig] and what runs.
   */
  public RunningDaemon(Path directory, String... lines) throws CommandFailure, IOException {
    this(GpioPins::open, directory, lines);
  }

  /** The same with GPIO lines of {@code lines}. */
  RunningDaemon(Function<Settings.Gpio, GpioLines> lines, Path directory, String... text)
      throws CommandFailure, IOException {
    file = write(directory, text);
    socket = directory.resolve("s");
    SettingsSource source = new SettingsSource(file, Map.of(), List.of());
    Settings settings = SettingsLoader.load(source);
    daemon = new Daemon(source, settings, lines);
    server = ControlServer.listen(settings.control(), daemon);
    daemon.start();
  }

  /** Writes the configuration that the constructor would use. */
  public static Path write(Path directory, String... lines) throws IOException {
    Path guests = VzrigProcess.root().resolve("hypervisor/guests/wifire.config");
    String text =
        "[control]\nsocket = 's'\n[rig]\nrun = '%s'\n%s\n"
            .formatted(guests, String.join("\n", lines));
    return Files.writeString(directory.resolve("bench.toml"), text);
  }

  /** The daemon. */
  public Daemon daemon() {
    return daemon;
  }

  /** A new connection. */
  public ControlConnection connect() throws CommandFailure {
    return ControlConnection.open(socket);
  }

  /** Asks on a connection of its own; {@code pairs} are names and values. */
  public ObjectNode ask(String command, Object... pairs) throws CommandFailure, IOException {
    try (ControlConnection connection = connect()) {
      return connection.call(request(command, pairs));
    }
  }

  /** A request. */
  public static ObjectNode request(String command, Object... pairs) {
    ObjectNode request = Json.object().put("cmd", command);
    for (int i = 0; i < pairs.length; i += 2) {
      String name = (String) pairs[i];
      switch (pairs[i + 1]) {
        case Integer number -> request.put(name, number);
        case Boolean truth -> request.put(name, truth);
        default -> request.put(name, pairs[i + 1].toString());
      }
    }
    return request;
  }

  /** Reads events until the text of a console's has contained {@code part}. */
  public static String await(ControlConnection connection, String sofar, String part)
      throws IOException {
    StringBuilder text = new StringBuilder(sofar);
    while (text.indexOf(part) < 0) {
      text.append(connection.next().path("text").asString(""));
    }
    return text.toString();
  }

  @Override
  public void close() {
    daemon.close();
    server.close();
  }
}
