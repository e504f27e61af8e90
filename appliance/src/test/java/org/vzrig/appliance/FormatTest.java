package org.vzrig.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.googlejavaformat.java.Formatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every Java source stands as google-java-format writes it. */
class FormatTest {
  private static final List<String> COMPILER_PACKAGES =
      List.of("api", "code", "file", "parser", "tree", "util");

  @Test
  void sourcesAreFormatted() throws Exception {
    Path root = VzrigProcess.root();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : COMPILER_PACKAGES) {
      command.add("--add-exports=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED");
    }
    command.add("--class-path");
    command.add(
        String.join(
            ":",
            location(Formatter.class),
            location(ImmutableList.class),
            location(Class.forName("org.commonmark.parser.Parser")),
            location(Class.forName("org.commonmark.ext.gfm.tables.TablesExtension"))));
    command.add("com.google.googlejavaformat.java.Main");
    command.add("--dry-run");
    command.addAll(sources(root));
    Process formatter =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    String differing = formatter.inputReader().lines().collect(Collectors.joining("\n"));
    assertEquals(0, formatter.waitFor(), differing);
    assertTrue(differing.isEmpty(), () -> "run ./.ci/format; these differ:\n" + differing);
  }

  private static List<String> sources(Path root) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path source : modules.map(module -> module.resolve("src")).toList()) {
        if (Files.isDirectory(source)) {
          try (Stream<Path> files = Files.walk(source)) {
            files
                .map(file -> root.relativize(file).toString())
                .filter(file -> file.endsWith(".java"))
                .forEach(sources::add);
          }
        }
      }
    }
    assertTrue(sources.size() > 100, "only " + sources.size() + " sources found");
    return sources;
  }

  private static String location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
