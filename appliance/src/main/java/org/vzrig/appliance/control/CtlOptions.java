package org.vzrig.appliance.control;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.settings.Sockets;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which daemon, and how its answers are shown. */
final class CtlOptions {
  @Option(
      names = "--socket",
      scope = ScopeType.INHERIT,
      paramLabel = "PATH",
      description = {
        "The daemon's socket. Default: the variable VZRIG_SOCKET, else the socket of --rig, else"
            + " the only one there is."
      })
  @Nullable Path socket;

  @Option(
      names = "--rig",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "The rig, where several run.")
  @Nullable String rig;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Show answers as JSON, events as a line each.")
  boolean json;

  /** The socket that is meant. */
  Path socket() throws CommandFailure {
    String variable = System.getenv("VZRIG_SOCKET");
    if (socket != null) {
      return socket;
    }
    if (rig != null) {
      return Sockets.standard(rig);
    }
    return variable != null && !variable.isBlank() ? Path.of(variable) : onlyOne();
  }

  private static Path onlyOne() throws CommandFailure {
    Path directory = Sockets.directory(System.getenv());
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> sockets = Files.newDirectoryStream(directory, "*.sock")) {
        sockets.forEach(found::add);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.HOST_IO, directory + ": permission denied (which rig? --socket names one)");
      }
    }
    if (found.size() != 1) {
      String what =
          found.isEmpty() ? "no daemon's socket" : found.size() + " daemons' sockets " + found;
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s in %s: name one with --socket PATH or --rig NAME".formatted(what, directory));
    }
    return found.getFirst();
  }
}
