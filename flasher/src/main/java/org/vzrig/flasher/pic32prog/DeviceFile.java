package org.vzrig.flasher.pic32prog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.FlashException.Reason;
import org.vzrig.flasher.Part;
import org.vzrig.flasher.Parts;

/**
 * Parts that the user describes in pic32prog.conf: sections {@code [NAME]} with {@code Id}, {@code
 * Family} and {@code Flash}. Unlike pic32prog, which only changes parts that it knows, new ids
 * count as well.
 */
public final class DeviceFile {
  private static final String INSTALLED = "/usr/local/etc/pic32prog.conf";
  private static final int LONGEST_ID = 0x0FFF_FFFF;

  private final String file;
  private final Map<Integer, Part> parts = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private String section = "";
  private int sectionLine;

  private DeviceFile(String file) {
    this.file = file;
  }

  /**
   * The file that {@code named} (PIC32PROG_CONF_FILE) or the working folder or the installation
   * has; no file is an empty one.
   *
   * @throws FlashException with everything that is wrong with it
   */
  public static DeviceFile find(Optional<String> named) throws FlashException {
    Path first = Path.of(named.orElse("pic32prog.conf"));
    Path path = Files.isRegularFile(first) ? first : Path.of(INSTALLED);
    if (!Files.isRegularFile(path)) {
      return new DeviceFile("");
    }
    try {
      return parse(path.toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new FlashException(Reason.USAGE, path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Parses {@code text}, which {@code file} holds.
   *
   * @throws FlashException with everything that is wrong with it
   */
  public static DeviceFile parse(String file, String text) throws FlashException {
    DeviceFile devices = new DeviceFile(file);
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int number = i + 1;
      StringBuilder line = new StringBuilder(lines[i].strip());
      while (!line.isEmpty() && line.charAt(line.length() - 1) == '\\') {
        line.setLength(line.length() - 1);
        line.append(++i < lines.length ? lines[i].strip() : "");
      }
      devices.line(line.toString().strip(), number);
    }
    devices.endSection();
    if (!devices.complaints.isEmpty()) {
      throw new FlashException(Reason.USAGE, String.join("\n", devices.complaints));
    }
    return devices;
  }

  private void complain(int line, String what) {
    complaints.add("%s:%d: %s".formatted(file, line, what));
  }

  private void line(String line, int number) {
    if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
      return;
    }
    if (line.startsWith("[")) {
      endSection();
      int end = line.indexOf(']');
      section = end < 0 ? "" : line.substring(1, end).strip();
      sectionLine = number;
      if (section.isEmpty()) {
        complain(number, "expected a section [NAME], found " + line);
      }
      return;
    }
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
    if (!List.of("id", "family", "flash").contains(key) || sectionLine == 0) {
      complain(number, "expected Id, Family or Flash = value in a section, found " + line);
      return;
    }
    values.put(key, withoutComment(line.substring(equals + 1)));
  }

  private static String withoutComment(String value) {
    return value.replaceFirst("[;#].*", "").strip();
  }

  private void endSection() {
    if (sectionLine != 0 && !section.isEmpty()) {
      int id = id(values.getOrDefault("id", ""));
      int kib = kib(values.getOrDefault("flash", ""));
      Optional<Family> family = family(values.getOrDefault("family", ""), kib);
      if (id != 0 && kib != 0 && family.isPresent()) {
        parts.put(id, new Part(section, id, kib << 10, family.get()));
      }
    }
    values.clear();
  }

  private int id(String text) {
    long id = text.isEmpty() ? 0 : CommandLine.number(text) & LONGEST_ID;
    if (id == 0) {
      complain(
          sectionLine,
          "[%s] Id: expected a DEVID such as 0x720e053, found \"%s\"".formatted(section, text));
    }
    return (int) id;
  }

  private int kib(String text) {
    boolean kilo = text.matches("\\d{1,4}[kK]");
    boolean mega = text.matches("\\d[mM]");
    int number = kilo || mega ? Integer.parseInt(text.substring(0, text.length() - 1)) : 0;
    if (number == 0) {
      complain(
          sectionLine,
          "[%s] Flash: expected a size such as 512k or 2m, found \"%s\"".formatted(section, text));
    }
    return mega ? number << 10 : number;
  }

  private Optional<Family> family(String text, int kib) {
    Optional<Family> family =
        switch (text.toLowerCase(Locale.ROOT)) {
          case "mx1" -> Optional.of(Family.MX1);
          case "mx3" -> Optional.of(Family.MX3);
          case "mz" -> Optional.of(Family.MZ);
          case "mk" -> Optional.of(Family.MK);
          case "mm" -> Optional.of(kib > 64 ? Family.MM_GPM : Family.MM_GPL);
          default -> Optional.empty();
        };
    if (family.isEmpty()) {
      complain(
          sectionLine,
          "[%s] Family: expected MX1, MX3, MZ, MK or MM, found \"%s\"".formatted(section, text));
    }
    return family;
  }

  /** The part with DEVID {@code id}: as the file has it, else as the table has it. */
  public Optional<Part> byId(int id) {
    Part part = parts.get(id & LONGEST_ID);
    return part != null ? Optional.of(part) : Parts.byId(id);
  }

  /** How many parts the file describes. */
  public int size() {
    return parts.size();
  }
}
