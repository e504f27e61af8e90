package org.vzrig.appliance.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.boards.testing.RequiredTool;

/** The unit files as systemd reads them. */
class SystemdUnitsTest {
  private static final double MOST_EXPOSURE = 2.0;
  private static final Path UNITS = VzrigProcess.root().resolve("systemd");

  @TempDir Path directory;

  private String analyze(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(RequiredTool.find("systemd-analyze", "systemd").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = process.inputReader().lines().collect(Collectors.joining("\n"));
    process.waitFor();
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"vzrigd.service", "vzrigd@.service"})
  void systemdUnderstandsThem(String unit) throws Exception {
    // the program and its manual are not installed here
    String text =
        Files.readString(UNITS.resolve(unit))
            .replace("/usr/bin/vzrig", "/bin/true")
            .replaceAll("(?m)^Documentation=.*$", "");
    Path copy = Files.writeString(directory.resolve(unit), text);
    String complaints =
        analyze("verify", "--man=no", copy.toString())
            .lines()
            .filter(line -> line.contains("vzrigd"))
            .collect(Collectors.joining("\n"));
    assertEquals("", complaints);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vzrigd.service", "vzrigd@.service"})
  void theyAreHardened(String unit) throws Exception {
    String report = analyze("security", "--offline=true", UNITS.resolve(unit).toString());
    Matcher level = Pattern.compile("exposure level for \\S+: ([0-9.]+)").matcher(report);
    assertTrue(level.find(), report);
    assertTrue(Double.parseDouble(level.group(1)) <= MOST_EXPOSURE, report);
  }

  @Test
  void bothUnitsAreAlikeButForTheName() throws Exception {
    assertEquals(
        settings("vzrigd@.service").replace("%i", "vzrig").replace(" rig vzrig", " rig"),
        settings("vzrigd.service"));
  }

  private static String settings(String unit) throws IOException {
    return Files.readString(UNITS.resolve(unit)).replaceAll("(?m)^#.*\n", "");
  }
}
