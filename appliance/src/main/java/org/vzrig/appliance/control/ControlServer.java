package org.vzrig.appliance.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.Version;
import org.vzrig.appliance.daemon.Daemon;
import org.vzrig.appliance.daemon.Json;
import org.vzrig.appliance.settings.Settings.Control;
import tools.jackson.databind.node.ObjectNode;

/** Listens on the control socket. Each client has virtual threads of its own. */
public final class ControlServer implements AutoCloseable {
  /** Version of the protocol; it changes when something that was there changes or goes away. */
  public static final int PROTOCOL = 1;

  private final Path socket;
  private final ServerSocketChannel channel;
  private final Daemon daemon;
  private final Requests requests;
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

  private ControlServer(Path socket, ServerSocketChannel channel, Daemon daemon) {
    this.socket = socket;
    this.channel = channel;
    this.daemon = daemon;
    requests = new Requests(daemon);
  }

  /**
   * Listens as {@code control} says. A socket that a daemon left behind when it was killed is
   * replaced.
   *
   * @throws CommandFailure when another daemon uses the socket, or it cannot be made
   */
  public static ControlServer listen(Control control, Daemon daemon) throws CommandFailure {
    Path socket = control.socket();
    try {
      makeRoom(socket);
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      channel.bind(UnixDomainSocketAddress.of(socket));
      protect(control);
      ControlServer server = new ControlServer(socket, channel, daemon);
      Thread.ofVirtual().name("control").start(server::accept);
      return server;
    } catch (IOException | UnsupportedOperationException e) {
      throw new CommandFailure(
          ExitCode.HOST_IO,
          "%s: cannot listen there: %s (control.socket sets another place)"
              .formatted(socket, reason(e)));
    }
  }

  private static String reason(Exception e) {
    return e instanceof java.nio.file.FileSystemException file
        ? file.getClass().getSimpleName().replace("Exception", "") + " " + file.getMessage()
        : String.valueOf(e.getMessage());
  }

  private static void makeRoom(Path socket) throws IOException, CommandFailure {
    Path directory = socket.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket(socket)) {
      throw new CommandFailure(ExitCode.HOST_IO, socket + ": exists and is not a socket");
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new CommandFailure(
          ExitCode.HOST_IO, socket + ": another daemon listens there (" + probe.isOpen() + ")");
    } catch (ConnectException e) {
      Logger.info("{}: left behind by a daemon that was killed; replaced", socket);
      Files.delete(socket);
    }
  }

  private static boolean isSocket(Path path) throws IOException {
    Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return mode instanceof Integer bits && (bits & 0170000) == 0140000;
  }

  private static void protect(Control control) throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read on
    for (int bit = 0; bit < all.length; bit++) {
      if ((control.permissions() >>> 8 - bit & 1) != 0) {
        permissions.add(all[bit]);
      }
    }
    Path socket = control.socket();
    Optional<String> group = control.group();
    if (group.isPresent()) {
      var lookup = socket.getFileSystem().getUserPrincipalLookupService();
      Files.getFileAttributeView(socket, PosixFileAttributeView.class)
          .setGroup(lookup.lookupPrincipalByGroupName(group.get()));
    }
    Files.setPosixFilePermissions(socket, permissions);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = channel.accept();
        clients.add(client);
        Thread.ofVirtual().name("control client").start(() -> serve(client));
      }
    } catch (IOException e) {
      Logger.debug("the control socket is closed: {}", e.getMessage());
    }
  }

  private void serve(SocketChannel client) {
    try {
      new ClientSession(client, daemon, requests, peer(client)).run(greeting());
    } catch (RuntimeException e) {
      Logger.error(e, "a client of the control socket failed");
    } finally {
      clients.remove(client);
      closeQuietly(client);
    }
  }

  private ObjectNode greeting() {
    return Json.object()
        .put("vzrig", Version.text())
        .put("protocol", PROTOCOL)
        .put("rig", daemon.settings().rig().name());
  }

  /** Who is at the other end, as the kernel says. */
  private static String peer(SocketChannel client) {
    try {
      var peer = client.getOption(ExtendedSocketOptions.SO_PEERCRED);
      return peer == null ? "somebody" : peer.user().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "somebody";
    }
  }

  /** Says goodbye to all clients and removes the socket. */
  @Override
  public void close() {
    closeQuietly(channel);
    clients.forEach(ControlServer::closeQuietly);
    try {
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      Logger.warn("{}: cannot be removed: {}", socket, e.getMessage());
    }
  }

  private static void closeQuietly(@Nullable AutoCloseable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (Exception e) {
      Logger.debug("closing failed: {}", e.getMessage());
    }
  }
}
