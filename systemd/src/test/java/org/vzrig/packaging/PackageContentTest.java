package org.vzrig.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.testing.RequiredTool;

/** What is in the package that the build has made. */
class PackageContentTest {
  /** Modules that libraries use for what vzrig has no use for, each with who asks. */
  private static final Set<String> NOT_NEEDED =
      Set.of(
          "java.desktop", // JNA: handles of AWT windows; Jackson: annotations of beans
          "java.naming", // tinylog: data sources for its JDBC writer
          "java.security.jgss", // JSch, which Pi4J brings: Kerberos
          "java.sql", // tinylog: its JDBC writer; Jackson: its types
          "java.sql.rowset"); // Jackson

  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    Path dpkg = RequiredTool.find("dpkg-deb", "dpkg");
    var result =
        Shell.run(List.of(dpkg.toString(), "-R", Shell.deb().toString(), folder.toString()));
    assertEquals(0, result.exit(), result.output());
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String control(String field) throws Exception {
    return Files.readAllLines(file("DEBIAN/control")).stream()
        .filter(line -> line.startsWith(field + ": "))
        .map(line -> line.substring(field.length() + 2))
        .findFirst()
        .orElse("");
  }

  private List<Path> modules() throws Exception {
    try (Stream<Path> jars = Files.list(file("usr/lib/vzrig/modules"))) {
      return jars.toList();
    }
  }

  @Test
  void versionIsTheBuildsAsDebianWritesIt() throws Exception {
    assertEquals(
        System.getProperty("vzrig.version").replace("-SNAPSHOT", "~snapshot") + "-1",
        control("Version"));
  }

  @Test
  void settingsAreTheOnlyConffile() throws Exception {
    assertEquals(List.of("/etc/vzrig/vzrig.toml"), Files.readAllLines(file("DEBIAN/conffiles")));
  }

  @Test
  void programsCanBeExecutedAndNothingElse() throws Exception {
    Set<String> executable;
    try (Stream<Path> all = Files.walk(folder)) {
      executable =
          all.filter(Files::isRegularFile)
              .filter(Files::isExecutable)
              .map(path -> folder.relativize(path).toString())
              .filter(name -> !name.startsWith("DEBIAN/"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertEquals(
        new TreeSet<>(
            Set.of(
                "usr/bin/vzrig",
                "usr/bin/vzrig-pic32prog",
                "usr/lib/vzrig/make-archive",
                "usr/lib/vzrig/runtime/bin/java",
                "usr/lib/vzrig/runtime/bin/keytool",
                "usr/lib/vzrig/runtime/lib/jexec",
                "usr/lib/vzrig/runtime/lib/jspawnhelper")),
        executable);
  }

  @Test
  void runtimeHasEveryModuleThatTheCodeUses() throws Exception {
    var output = new StringWriter();
    var writer = new PrintWriter(output);
    List<String> arguments =
        new ArrayList<>(
            List.of("--multi-release", "25", "--ignore-missing-deps", "--print-module-deps"));
    arguments.addAll(List.of("--module-path", file("usr/lib/vzrig/modules").toString()));
    modules().forEach(jar -> arguments.add(jar.toString()));
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(writer, writer, arguments.toArray(String[]::new));
    String answer = output.toString().strip().lines().reduce("", (_, last) -> last);
    Set<String> needed = new TreeSet<>(Arrays.asList(answer.split(",")));
    needed.removeAll(NOT_NEEDED);
    needed.removeAll(runtimeModules());
    assertEquals(Set.of(), needed, answer);
  }

  private Set<String> runtimeModules() throws Exception {
    String release = Files.readString(file("usr/lib/vzrig/runtime/release"));
    Matcher modules = Pattern.compile("MODULES=\"([^\"]*)\"").matcher(release);
    assertTrue(modules.find(), release);
    return Set.of(modules.group(1).split(" "));
  }

  @Test
  void theLibraryThatItDependsOnIsNewEnough() throws Exception {
    Matcher least = Pattern.compile("libc6 \\(>= 2\\.(\\d+)\\)").matcher(control("Depends"));
    assertTrue(least.find(), control("Depends"));
    int most = 0;
    for (Path library : Tree.regularFiles(file("usr/lib/vzrig/runtime"))) {
      if (library.toString().endsWith(".so")) {
        Matcher symbols =
            Pattern.compile("GLIBC_2\\.(\\d+)")
                .matcher(Files.readString(library, StandardCharsets.ISO_8859_1));
        while (symbols.find()) {
          most = Math.max(most, Integer.parseInt(symbols.group(1)));
        }
      }
    }
    assertTrue(most > 0 && most <= Integer.parseInt(least.group(1)), "GLIBC_2." + most);
  }

  @Test
  void everyLibraryHasItsLicence() throws Exception {
    List<String> globs =
        Files.readAllLines(file("usr/share/doc/vzrig/copyright")).stream()
            .filter(line -> line.startsWith("Files: usr/lib/vzrig/modules/"))
            .flatMap(line -> Arrays.stream(line.substring("Files: ".length()).split(" ")))
            .toList();
    List<String> without =
        modules().stream()
            .map(jar -> "usr/lib/vzrig/modules/" + jar.getFileName())
            .filter(jar -> globs.stream().noneMatch(glob -> matches(glob, jar)))
            .toList();
    assertEquals(List.of(), without);
  }

  private static boolean matches(String glob, String name) {
    return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
  }

  @Test
  void lintianFindsNothing() throws Exception {
    Path lintian = RequiredTool.find("lintian", "lintian");
    var result =
        Shell.run(
            List.of(
                lintian.toString(),
                "--allow-root",
                "--fail-on",
                "error,warning",
                Shell.deb().toString()));
    assertEquals(0, result.exit(), result.output());
  }
}
