package org.vzrig.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess.Result;

/** The script {@code ./vzrig} in a small tree of its own, with a Maven and a JDK that only note. */
class LauncherTest {
  private static final Instant YESTERDAY = Instant.parse("2026-01-01T00:00:00Z");
  private static final List<String> MODULES =
      List.of("boards", "emulator", "hypervisor", "hil-bridge", "flasher", "appliance");
  @TempDir private Path folder;
  private Path tree = Path.of("");
  private Path bin = Path.of("");
  private Path jdk = Path.of("");

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(folder.resolve("a tree"));
    bin = Files.createDirectory(folder.resolve("bin"));
    jdk = folder.resolve("some jdk");
    Files.copy(VzrigProcess.root().resolve("vzrig"), tree.resolve("vzrig"));
    tree.resolve("vzrig").toFile().setExecutable(true);
    write(tree.resolve("pom.xml"), "");
    for (String module : MODULES) {
      write(tree.resolve(module).resolve("pom.xml"), "");
      write(tree.resolve(module).resolve("src/main/java/A.java"), "");
    }
    script(
        bin.resolve("mvn"),
        """
        echo "mvn $*" >> '%s/mvn.log'
        case "$*" in *--offline*) [ -z "${OFFLINE_FAILS:-}" ] || exit 1;; esac
        [ -z "${BUILD_FAILS:-}" ] || { echo '[ERROR] A.java:[1,1] not a statement'; exit 1; }
        mkdir -p appliance/target/modules
        touch appliance/target/modules/stamp
        """
            .formatted(folder));
    script(jdk.resolve("bin/java"), "for a in \"$@\"; do echo \"<$a>\"; done");
    script(jdk.resolve("bin/javac"), "");
    write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(YESTERDAY));
    Files.setLastModifiedTime(file.getParent(), FileTime.from(YESTERDAY));
  }

  private static void script(Path file, String body) throws IOException {
    write(file, "#!/bin/bash\n" + body + "\n");
    file.toFile().setExecutable(true);
  }

  private ProcessBuilder vzrig(String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(tree.resolve("vzrig").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
    builder.environment().put("VZRIG_JDK", jdk.toString());
    builder.environment().remove("VZRIG_BUILD");
    builder.environment().remove("VZRIG_JAVA_OPTS");
    return builder;
  }

  private Result run(String... arguments) throws IOException {
    return VzrigProcess.finish(vzrig(arguments).start());
  }

  private int builds() throws IOException {
    Path log = folder.resolve("mvn.log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void buildsOnceAndHandsTheArgumentsOn() throws IOException {
    Result first = run("run", "a b", "*");
    assertEquals(0, first.exit(), first.err());
    assertTrue(first.err().contains("vzrig: first start: building"), first.err());
    assertTrue(first.err().contains("vzrig: built in "), first.err());
    assertTrue(first.out().endsWith("Main>\n<run>\n<a b>\n<*>\n"), first.out());
    assertTrue(first.out().contains("<" + tree + "/target/vzrig>"), first.out());
    Result second = run("run");
    assertEquals("", second.err());
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainWhenASourceHasChangedOrGone() throws IOException {
    run();
    Path source = tree.resolve("hypervisor/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
    assertTrue(run().err().contains("sources have changed: building"));
    assertEquals(2, builds());
    Files.setLastModifiedTime(source, FileTime.from(YESTERDAY));
    assertEquals("", run().err());
    Files.delete(source);
    Files.setLastModifiedTime(
        source.getParent(), FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
    run();
    assertEquals(3, builds());
  }

  @Test
  void doesNotBuildForTestsAndTargets() throws IOException {
    run();
    Path test = tree.resolve("boards/src/test/java/T.java");
    write(test, "");
    Files.setLastModifiedTime(test, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
    Files.createDirectories(tree.resolve("boards/target"));
    assertEquals("", run().err());
  }

  @Test
  void takesWhatMavenHasBuiltAlready() throws IOException {
    Files.createDirectories(tree.resolve("appliance/target/modules"));
    Files.createFile(tree.resolve("appliance/target/modules/stamp"));
    assertEquals(0, run().exit());
    assertEquals(0, builds());
  }

  @Test
  void goesOnlineWhereOfflineDoesNotDo() throws IOException {
    ProcessBuilder builder = vzrig("x");
    builder.environment().put("OFFLINE_FAILS", "1");
    Result run = VzrigProcess.finish(builder.start());
    assertEquals(0, run.exit(), run.err());
    List<String> calls = Files.readAllLines(folder.resolve("mvn.log"));
    assertTrue(calls.getFirst().contains("--offline"));
    assertFalse(calls.getLast().contains("--offline"));
  }

  @Test
  void showsWhatTheBuildComplainsAbout() throws IOException {
    ProcessBuilder builder = vzrig("x");
    builder.environment().put("BUILD_FAILS", "1");
    Result run = VzrigProcess.finish(builder.start());
    assertEquals(1, run.exit());
    assertTrue(run.err().contains("[ERROR] A.java:[1,1] not a statement"), run.err());
    assertTrue(run.err().contains("the build failed; the whole output is in"), run.err());
  }

  @Test
  void buildsOnceForManyAtTheSameTime() throws IOException {
    List<Process> many = List.of(vzrig("1").start(), vzrig("2").start(), vzrig("3").start());
    for (Process one : many) {
      Result result = VzrigProcess.finish(one);
      assertEquals(0, result.exit(), result.err());
    }
    assertEquals(1, builds());
  }

  @Test
  void passesOverJdksOfOtherVersions() throws IOException {
    write(jdk.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    ProcessBuilder builder = vzrig("x");
    Path other = folder.resolve("home/.jdks/temurin-25");
    script(other.resolve("bin/java"), "echo other");
    script(other.resolve("bin/javac"), "");
    write(other.resolve("release"), "JAVA_VERSION=\"25\"\n");
    builder.environment().put("HOME", folder.resolve("home").toString());
    builder.environment().put("JAVA_HOME", other.toString());
    assertEquals("other\n", VzrigProcess.finish(builder.start()).out());
  }
}
