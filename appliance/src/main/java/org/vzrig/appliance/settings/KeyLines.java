package org.vzrig.appliance.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a TOML file's tables and keys, which the TOML reader does not tell. A key inside an
 * inline table or a list has the line on which that begins.
 */
final class KeyLines {
  private static final Pattern TABLE = Pattern.compile("\\s*\\[\\[?\\s*([^\\]#]+?)\\s*\\]\\]?.*");
  private static final Pattern KEY = Pattern.compile("\\s*([A-Za-z0-9_.\"'-][^=#]*?)\\s*=.*");

  private final Map<String, Integer> lines = new HashMap<>();

  /** Looks through the lines of a file that is TOML. */
  KeyLines(List<String> text) {
    String table = "";
    for (int i = 0; i < text.size(); i++) {
      Matcher header = TABLE.matcher(text.get(i));
      Matcher key = KEY.matcher(text.get(i));
      if (header.matches()) {
        table = plain(header.group(1)) + ".";
        lines.putIfAbsent(plain(header.group(1)), i + 1);
      } else if (key.matches()) {
        lines.putIfAbsent(table + plain(key.group(1)), i + 1);
      }
    }
  }

  private static String plain(String name) {
    return name.replaceAll("[\"'\\s]", "");
  }

  /** The line of {@code name} or of what it stands in; 1 when neither is found. */
  int line(String name) {
    String at = name;
    while (!lines.containsKey(at) && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
    }
    return lines.getOrDefault(at, 1);
  }
}
