package org.vzrig.appliance.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the control sockets of daemons lie. */
public final class Sockets {
  private static final Path SYSTEM = Path.of("/run/vzrig");

  private Sockets() {}

  /** The socket of the rig called {@code name}, when its settings name no other. */
  public static Path standard(String name) {
    return directory(System.getenv()).resolve(name + ".sock");
  }

  /**
   * The directory of the sockets: of the service manager where it gave one, else of the system
   * where this user may write, else of the user's own session.
   */
  public static Path directory(Map<String, String> environment) {
    String given = environment.get("RUNTIME_DIRECTORY");
    if (given != null && !given.isBlank()) {
      return Path.of(given.replaceFirst(":.*", ""));
    }
    String own = environment.get("XDG_RUNTIME_DIR");
    if (own == null || Files.isWritable(SYSTEM)) {
      return SYSTEM;
    }
    return Path.of(own, "vzrig");
  }
}
