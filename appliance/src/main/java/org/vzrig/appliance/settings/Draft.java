package org.vzrig.appliance.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * Settings as they come together, with everything that is wrong with them. What is added later
 * wins.
 */
final class Draft {
  private static final TomlMapper TOML = new TomlMapper();

  private final Map<String, Value> values = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Adds {@code file} and then the files of the directory {@code file}.d, by name. */
  void addFiles(Path file) {
    addFile(file);
    Path directory = file.resolveSibling(file.getFileName() + ".d");
    if (Files.isDirectory(directory)) {
      List<Path> dropIns = new ArrayList<>();
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.toml")) {
        found.forEach(dropIns::add);
      } catch (IOException e) {
        problems.add(directory + ": cannot be listed: " + e.getMessage());
      }
      dropIns.stream().sorted().forEach(this::addFile);
    }
  }

  private void addFile(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      Path base = Objects.requireNonNull(file.toAbsolutePath().getParent());
      JsonNode root = TOML.readTree(text);
      KeyLines lines = new KeyLines(text.lines().toList());
      root.properties()
          .forEach(e -> addTable(e.getKey(), e.getValue(), file.toString(), lines, base));
    } catch (NoSuchFileException e) {
      problems.add(file + ": no such file");
    } catch (IOException e) {
      problems.add(file + ": cannot be read: " + e.getMessage());
    } catch (JacksonException e) {
      problems.add(
          "%s:%d: not TOML: %s"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
  }

  private void addTable(String table, JsonNode node, String file, KeyLines lines, Path base) {
    Origin origin = new Origin(file, lines.line(table));
    if (Keys.leaves(table).isEmpty()) {
      String what = node.isObject() ? "[" + table + "]" : table;
      wrong(origin, what, "expected one of the tables " + String.join(", ", Keys.tables()));
    } else if (!node.isObject()) {
      wrong(origin, table, "expected a table [" + table + "], found " + node);
    } else {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        String name = table + "." + entry.getKey();
        addKey(name, entry.getValue(), new Origin(file, lines.line(name)), base);
      }
    }
  }

  private void addKey(String name, JsonNode node, Origin origin, Path base) {
    if (!known(name, origin)) {
      return;
    }
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(element -> texts.add(text(name, element, origin)));
    } else {
      texts.add(text(name, node, origin));
    }
    values.put(name, new Value(texts, node.isArray(), origin, base));
  }

  private boolean known(String name, Origin origin) {
    boolean known = Keys.named(name).isPresent();
    if (!known) {
      String table = name.substring(0, Math.max(0, name.indexOf('.')));
      String there = Keys.leaves(table);
      wrong(
          origin,
          name,
          there.isEmpty()
              ? "no such setting; the tables are " + String.join(", ", Keys.tables())
              : "no such setting; [" + table + "] has " + there);
    }
    return known;
  }

  private String text(String name, JsonNode node, Origin origin) {
    if (node.isContainer()) {
      wrong(origin, name, "expected " + form(name) + ", found " + node);
      return "";
    }
    return node.asString();
  }

  private static String form(String name) {
    return Keys.named(name).map(Key::form).orElse("a value");
  }

  /** Adds the variables of {@code environment} that set a key; others are not ours. */
  void addEnvironment(Map<String, String> environment) {
    for (Key key : Keys.all()) {
      String text = environment.get(key.variable());
      if (text != null) {
        put(key.name(), text, new Origin("environment, " + key.variable(), 0));
      }
    }
    environment.keySet().stream().sorted().forEach(this::checkVariable);
  }

  /** A variable that begins as ours do and is none is a typing error. */
  private void checkVariable(String variable) {
    for (String table : Keys.tables()) {
      if (variable.startsWith("VZRIG_" + table.toUpperCase(java.util.Locale.ROOT) + "_")
          && Keys.all().stream().noneMatch(key -> key.variable().equals(variable))) {
        wrong(
            new Origin("environment", 0),
            variable,
            "no such setting; [" + table + "] has " + Keys.leaves(table));
      }
    }
  }

  /** Adds {@code name} from the command line, where it was given as {@code option}. */
  void addOption(String name, String text, String option) {
    put(name, text, new Origin("command line, " + option, 0));
  }

  private void put(String name, String text, Origin origin) {
    if (known(name, origin)) {
      values.put(name, Value.ofText(text, origin));
    }
  }

  /** Notes that {@code name} is wrong. */
  void wrong(Origin origin, String name, String what) {
    problems.add("%s: %s: %s".formatted(origin, name, what));
  }

  /** Notes something that is wrong. */
  void wrong(String line) {
    problems.add(line);
  }

  /** What was set as {@code name}, if anything. */
  @org.jspecify.annotations.Nullable
  Value value(String name) {
    return values.get(name);
  }

  /** Everything that is wrong so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
