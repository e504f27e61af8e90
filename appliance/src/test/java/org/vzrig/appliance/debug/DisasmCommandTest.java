package org.vzrig.appliance.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DisasmCommandTest {
  @TempDir Path folder = Path.of("");

  private List<String> list(byte[] code, String... options) throws IOException {
    Path file = Files.write(folder.resolve("code.bin"), code);
    StringWriter text = new StringWriter();
    CommandLine command = new CommandLine(new DisasmCommand()).setOut(new PrintWriter(text));
    String[] arguments = {file.toString(), "--at", "9D000000"};
    CommandLine.ParseResult parsed =
        command.parseArgs(
            java.util.stream.Stream.of(arguments, options)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new));
    assertEquals(0, command.getExecutionStrategy().execute(parsed));
    return text.toString().lines().filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void showsMips32() throws IOException {
    assertEquals(
        List.of("9D000000  24420001  addiu v0,v0,1", "9D000004  03E00008  jr ra"),
        list(new byte[] {1, 0, 0x42, 0x24, 8, 0, (byte) 0xE0, 3}));
  }

  @Test
  void showsBothLengthsOfMicroMips() throws IOException {
    assertEquals(
        List.of(
            "9D000000  ED05      li v0,5",
            "9D000002  30420001  addiu v0,v0,1",
            "9D000006  45BF      jrc ra"),
        list(new byte[] {5, (byte) 0xED, 0x42, 0x30, 1, 0, (byte) 0xBF, 0x45}, "--micromips"));
  }
}
