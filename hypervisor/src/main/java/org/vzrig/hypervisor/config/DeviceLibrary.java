package org.vzrig.hypervisor.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The devices of a {@code device.lib} by name. */
final class DeviceLibrary {
  private final @Nullable Path file;
  private final Map<String, Device> devices = new TreeMap<>();

  private DeviceLibrary(@Nullable Path file) {
    this.file = file;
  }

  /** Reads the library; without a file it is empty. */
  static DeviceLibrary read(@Nullable Path file, Problems problems) {
    DeviceLibrary library = new DeviceLibrary(file);
    if (file != null) {
      try {
        library.parse(Lines.read(file), problems);
      } catch (IOException e) {
        problems.error(Where.file(file), "cannot be read: " + e.getMessage());
      }
    }
    return library;
  }

  private void parse(Lines lines, Problems problems) {
    boolean lost = false;
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.text().equals(".device")) {
        add(DeviceParser.parse(lines, line.where(), problems), problems);
        lost = false;
      } else if (!lost) {
        problems.error(
            line.where(), "expected '.device' in a device library, found '" + line.text() + "'");
        lost = true;
      }
    }
  }

  private void add(Device device, Problems problems) {
    if (device.name().isEmpty()) {
      problems.error(device.where(), "a device of the library needs a 'name ='");
      return;
    }
    Device earlier = devices.put(device.name(), device);
    if (earlier != null) {
      problems.warn(
          device.where(),
          "device '%s' replaces the one of line %d"
              .formatted(device.name(), earlier.where().line()));
    }
  }

  /** The device of this name for a guest that asks for it on this line, or null after an error. */
  @Nullable Device find(String name, Where where, Problems problems) {
    Device found = devices.get(name);
    if (found == null) {
      String known =
          file == null
              ? "there is no device.lib beside the configuration or in the current directory"
              : file + " has " + String.join(", ", devices.keySet());
      problems.error(where, "device: no device '" + name + "' in the library; " + known);
      return null;
    }
    return new Device(
        where,
        found.name(),
        found.regions(),
        found.irqs(),
        found.shared(),
        found.emulator(),
        found.cfgpgPosition(),
        found.dmaSet(),
        found.pmdBits());
  }
}
