package org.vzrig.appliance.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.VzrigProcess.Result;
import picocli.CommandLine;

class DisasmCommandTest {
  private static final String LOADER =
      VzrigProcess.root()
          .resolve("boards/src/main/resources/org/vzrig/boards/wifire-loader.elf")
          .toString();

  @TempDir private Path folder;

  private static String disassemble(String... arguments) {
    StringWriter out = new StringWriter();
    int exit =
        new CommandLine(new DisasmCommand())
            .setOut(new PrintWriter(out))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments);
    assertEquals(0, exit);
    return out.toString();
  }

  @Test
  void listsABinaryFileAtItsAddress() throws IOException {
    byte[] words = {(byte) 0x86, (byte) 0xBF, 8, 0x3C, 0x20, 0, 9, 0x24, 8, 0, (byte) 0xE0, 3};
    Path file = Files.write(folder.resolve("a.bin"), words);
    assertEquals(
        """
        9D001000  3C08BF86  lui t0,0xbf86
        9D001004  24090020  addiu t1,zero,32
        9D001008  03E00008  jr ra

        """,
        disassemble(file.toString(), "--at", "1D001000"));
  }

  @Test
  void listsOneSymbolOfAnElfFile() {
    String text = disassemble(LOADER, "--from", "_start", "--length", "8");
    assertTrue(text.startsWith("\nBFC00000 <_start>:\nBFC00000  "), text);
    assertEquals(6, text.split("\n", -1).length, text);
  }

  @Test
  void listsFromAnAddressOn() {
    String text = disassemble(LOADER, "--from", "9FC00004", "--length", "4");
    assertTrue(text.startsWith("BFC00004  "), text);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Result missing = VzrigProcess.run("disasm", folder.resolve("none.hex").toString());
    assertEquals(4, missing.exit());
    assertTrue(missing.err().contains("none.hex: no such file"), missing.err());
    Result place = VzrigProcess.run("disasm", LOADER, "--from", "nowhere");
    assertEquals(2, place.exit());
    assertTrue(
        place
            .err()
            .contains("--from: expected an address such as 9D000000 or a symbol, found 'nowhere'"),
        place.err());
  }
}
