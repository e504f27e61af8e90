package org.vzrig.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(String... arguments) {
    return VzrigCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "fly, Unmatched argument",
    "run --pace slow, slow",
    "run --for 10, 'expected a number and a unit'",
    "run --for 1s --for 2s, --for",
    "run --timeout, --timeout",
    "run --input ^1, 'expected a letter after ^'",
    "run --input @1s, 'expected @TIME:TEXT'",
    "run --expect \\q, 'expected one of'",
    "run --board uno, 'expected one of wifire, olimex-emz64, dm320007, found ''uno'''",
    "run a b, b",
    "run --borad wifire, --borad"
  })
  void explainsWrongCommandLines(String line, String message) {
    assertEquals(2, execute(line.split(" ", -1)));
    assertTrue(err.toString().startsWith("vzrig: "), err::toString);
    assertTrue(err.toString().contains(message), err::toString);
    assertTrue(err.toString().lines().count() <= 4, err::toString);
    assertTrue(err.toString().endsWith(" --help\n"), err::toString);
  }

  @Test
  void everyCommandHasHelp() {
    assertHelp(VzrigCommand.commandLine());
  }

  private static void assertHelp(CommandLine command) {
    String usage = command.getUsageMessage();
    assertTrue(usage.startsWith(command.getCommandSpec().usageMessage().header()[0]), usage);
    assertTrue(usage.contains("--help"), usage);
    for (var option : command.getCommandSpec().options()) {
      assertTrue(option.description().length > 0, option::toString);
    }
    new TreeMap<>(command.getSubcommands()).values().forEach(CommandLineTest::assertHelp);
  }

  @Test
  void helpListsEveryExitCode() {
    assertEquals(0, execute("--help"));
    for (ExitCode exit : ExitCode.values()) {
      assertTrue(out.toString().contains(exit.code() + "   " + exit.meaning()), out::toString);
    }
  }

  @Test
  void theReadmeHasTheSameExitCodes() throws Exception {
    String readme = Files.readString(VzrigProcess.root().resolve("README.md"));
    Set<Integer> codes = new TreeSet<>();
    for (ExitCode exit : ExitCode.values()) {
      assertTrue(codes.add(exit.code()));
      assertTrue(readme.contains("| " + exit.code() + " | " + exit.meaning() + " |"), exit::name);
    }
  }

  @Test
  void saysItsVersion() {
    assertEquals(0, execute("--version"));
    assertTrue(out.toString().matches("(?s)vzrig \\d+\\.\\d+\\.\\d+.*Java 25.*"), out::toString);
  }

  @Test
  void completesCommandsOptionsAndBoards(@TempDir Path folder) throws Exception {
    assertEquals(0, execute("completion"));
    Path script = Files.writeString(folder.resolve("vzrig.bash"), out.toString());
    String ask =
        "source "
            + script
            + "; COMP_WORDS=(vzrig run --board ol); COMP_CWORD=3; _complete_vzrig; echo"
            + " ${COMPREPLY[*]}";
    Process bash = new ProcessBuilder("bash", "-c", ask).start();
    assertEquals("olimex-emz64", bash.inputReader().readLine());
    assertEquals(0, bash.waitFor());
  }
}
