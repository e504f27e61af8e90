package org.vzrig.appliance.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where settings come from, each over the one before.
 *
 * @param file the configuration file; the directory beside it with {@code .d} behind its name holds
 *     drop-ins
 * @param environment variables
 * @param options settings of the command line
 */
public record SettingsSource(Path file, Map<String, String> environment, List<Option> options) {
  /**
   * A setting of the command line.
   *
   * @param key which
   * @param text its value
   * @param option the option that gave it, for messages
   */
  public record Option(String key, String text, String option) {}
}
