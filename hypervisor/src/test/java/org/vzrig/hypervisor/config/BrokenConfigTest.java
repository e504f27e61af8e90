package org.vzrig.hypervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.hypervisor.layout.Layouts;

/**
 * Mistakes in configurations. Each file in {@code broken/} is one case. Its comments say which
 * problems to expect on their line ({@code # error: text}, {@code # warning: text}) or for the file
 * as a whole ({@code #file error: text}); {@code === name} starts another file of the case, {@code
 * #remove} alone in it takes the file away.
 */
class BrokenConfigTest {
  private static final Path CASES =
      Path.of("src/test/resources/org/vzrig/hypervisor/config/broken");
  private static final Path GUESTS = Path.of("guests");
  private static final String BOARD = "DigilentChipKitWiFire";

  @TempDir Path folder;

  private record Expected(Path file, int line, String severity, String text) {
    boolean matches(Problem problem) {
      return problem.where().file().equals(file)
          && problem.where().line() == line
          && problem.isError() == severity.equals("error")
          && problem.message().contains(text);
    }
  }

  static List<String> cases() {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereAreManyDistinctMistakes() throws IOException {
    Set<String> messages =
        cases().stream()
            .flatMap(name -> lines(CASES.resolve(name)).stream())
            .filter(line -> line.contains("error: "))
            .map(line -> line.substring(line.indexOf("error: ")))
            .collect(Collectors.toSet());
    assertTrue(cases().size() >= 100, "cases: " + cases().size());
    assertTrue(messages.size() >= 90, "messages: " + messages.size());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyProblemIsReportedWhereItIs(String name) throws IOException {
    Files.copy(GUESTS.resolve("device.lib"), folder.resolve("device.lib"));
    Files.copy(GUESTS.resolve("hello/hello.elf"), folder.resolve("hello.elf"));
    List<Expected> expected = unpack(CASES.resolve(name));
    Problems problems = new Problems();
    Layouts.of(ConfigReader.read(folder.resolve("config"), BOARD, problems), problems);
    assertTrue(problems.hasErrors(), "no error at all");
    List<String> missing =
        expected.stream()
            .filter(e -> problems.all().stream().noneMatch(e::matches))
            .map(Expected::toString)
            .toList();
    List<String> surplus =
        problems.all().stream()
            .filter(p -> expected.stream().noneMatch(e -> e.matches(p)))
            .map(Problem::toString)
            .toList();
    assertEquals(List.of(), missing, () -> "not reported; reported were " + problems.all());
    assertEquals(List.of(), surplus, "not expected");
  }

  /** Writes the files of a case and returns what their comments ask for. */
  private List<Expected> unpack(Path file) throws IOException {
    List<Expected> expected = new ArrayList<>();
    Path target = folder.resolve("config");
    List<String> content = new ArrayList<>();
    for (String line : lines(file)) {
      if (line.startsWith("=== ")) {
        write(target, content);
        target = folder.resolve(line.substring(4));
        content = new ArrayList<>();
      } else {
        content.add(line);
        expect(target, content.size(), line, expected);
      }
    }
    write(target, content);
    return expected;
  }

  private static void write(Path target, List<String> content) throws IOException {
    Files.createDirectories(target.toAbsolutePath().getParent());
    if (content.equals(List.of("#remove"))) {
      Files.delete(target);
    } else {
      Files.write(target, content);
    }
  }

  private static void expect(Path file, int number, String line, List<Expected> expected) {
    for (String mark : line.split("#", -1)) {
      boolean whole = mark.startsWith("file ");
      String text = whole ? mark.substring(5) : mark.strip();
      int colon = text.indexOf(": ");
      String severity = colon < 0 ? "" : text.substring(0, colon);
      if (severity.equals("error") || severity.equals("warning")) {
        expected.add(
            new Expected(file, whole ? 0 : number, severity, text.substring(colon + 2).strip()));
      }
    }
  }
}
