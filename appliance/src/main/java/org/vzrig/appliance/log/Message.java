package org.vzrig.appliance.log;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tinylog.Level;

/**
 * A message of the program.
 *
 * @param time when it was said
 * @param level how bad it is
 * @param tag what it is about: {@code guest:1}, or a device such as {@code uart4}
 * @param text what happened
 */
public record Message(Instant time, Level level, @Nullable String tag, String text) {
  private static final String GUEST = "guest:";

  /** The guest it is about, or an empty text. */
  public String guest() {
    return tag != null && tag.startsWith(GUEST) ? tag.substring(GUEST.length()) : "";
  }

  /** The device it is about, or an empty text. */
  public String device() {
    return tag == null || tag.startsWith(GUEST) ? "" : tag;
  }

  /** The level as files and answers name it. */
  public String levelName() {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
