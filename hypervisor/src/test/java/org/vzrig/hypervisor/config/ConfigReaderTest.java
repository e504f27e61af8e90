package org.vzrig.hypervisor.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the language means where it is not wrong. */
class ConfigReaderTest {
  private static final Path HELLO = Path.of("guests/hello/hello.elf");
  private static final String ELF = ".vm\n id = 1\n elf = hello.elf\n.\n";

  @TempDir Path folder;
  private final Problems problems = new Problems();

  @BeforeEach
  void placeImage() throws IOException {
    Files.copy(HELLO, folder.resolve("hello.elf"));
  }

  private Vm only(String text) throws IOException {
    return read(text, "wifire").vms().getFirst();
  }

  private Configuration read(String text, String board) throws IOException {
    Files.writeString(folder.resolve("config"), text);
    Configuration read = ConfigReader.read(folder.resolve("config"), board, problems);
    assertFalse(problems.hasErrors(), () -> problems.all().toString());
    return read;
  }

  private void write(String name, String text, long seconds) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setLastModifiedTime(
        file,
        FileTime.fromMillis(
            Files.getLastModifiedTime(folder.resolve("hello.elf")).toMillis() + 1000 * seconds));
  }

  @Test
  void aMissingMapIsDerivedAndNotWritten() throws IOException {
    Vm vm = only(ELF);
    assertEquals(0x9FC0_0000L, vm.entry().address().orElseThrow() & 0xFFFF_0000L);
    assertEquals(Region.Kind.ROM, vm.regions().getFirst().kind());
    assertEquals(0x9FC0_0000L, vm.regions().getFirst().va());
    assertEquals(0x1000, vm.regions().getFirst().alignment());
    assertFalse(Files.exists(folder.resolve("hello.map")));
  }

  @Test
  void anEditedMapIsUsedWhileItIsNewer() throws IOException {
    write("hello.map", "entry = 0x9fc00100\n.mmap\nrom = 0x9fc00000 0x8000 rx 0x8000\n.\n", 10);
    Vm vm = only(ELF);
    assertEquals(OptionalLong.of(0x9FC0_0100L), vm.entry().address());
    assertEquals(0x8000, vm.regions().getFirst().size());
    assertEquals(new Where(folder.resolve("hello.map"), 3), vm.regions().getFirst().where());
  }

  @Test
  void anOlderMapIsPassedOverWithAWarning() throws IOException {
    write("hello.map", "entry = 0x9fc00100\n", -10);
    assertTrue(only(ELF).entry().address().orElseThrow() != 0x9FC0_0100L);
    assertTrue(problems.warnings().getFirst().message().contains("is older than the image"));
  }

  @Test
  void theFirstEntryCounts() throws IOException {
    Vm vm = only(".vm\n id = 1\n entry = 0x9fc00200\n elf = hello.elf\n.\n");
    assertEquals(OptionalLong.of(0x9FC0_0200L), vm.entry().address());
  }

  @Test
  void commentsBlanksAndOctalNumbers() throws IOException {
    Vm vm =
        only(
            """
            .vm # one
               id=1  # first
               entry = 0x9FC00000
               .mmap
                 data =   # a block

                   010 0o20 rwu 0b1000 # octal, octal, binary
                   4096 4096
                 .
                 code = 0x1fc08000 0x8000 s
               .
               .setup = 0x1f860010
                 1 0x2
                 LED # a C macro
               .
               setup = 0x1f860020 3
            .
            """);
    Region octal = vm.regions().getFirst();
    assertEquals(List.of(8L, 16L, 8L), List.of(octal.va(), octal.size(), octal.pa()));
    assertEquals("rw", vm.regions().get(1).flags().letters());
    assertEquals("srx", vm.regions().get(2).flags().letters());
    assertEquals(0x1F86_0018, vm.setup().get(2).address());
    assertEquals(OptionalLong.empty(), vm.setup().get(2).value());
    assertEquals(OptionalLong.of(3), vm.setup().get(3).value());
  }

  @Test
  void commandFilesMayFixTheMove() throws IOException {
    write("hello.cmd", "objcopy --change-addresses -0x2bf0000 hello.elf hello.srec\n", 0);
    ImageFile image = only(ELF).image();
    assertEquals(OptionalInt.of(-0x2BF_0000), image == null ? null : image.fixedOffset());
    write("hello.cmd", "objcopy --change-addresses $OFFSET hello.elf hello.srec\n", 0);
    image = only(ELF).image();
    assertEquals(OptionalInt.empty(), image == null ? null : image.fixedOffset());
  }

  @Test
  void boardsByAnyNameAndByFile() throws IOException {
    assertEquals("wifire", read(ELF, "DigilentChipKitWiFire").board().name());
    assertEquals(0x9FC0_0000L, read(ELF, "olimex-emz64").board().vzcode());
    write(
        "boards/OlimexPic32EMZ64",
        """
        PLATFORM = pic32mz2048efg100
        rom = 0x1d080000 0x1d100000
        ram = 0x1000 0x40000
        eret_page = 0x9ffff000
        vzcode = 0x9d000000
        vzstacksize = 0x1000
        """,
        0);
    BoardFacts facts = read(ELF, "olimex-emz64").board();
    assertEquals("OlimexPic32EMZ64", facts.name());
    assertEquals(new BoardFacts.Pool(0x1D08_0000L, 0x1D10_0000L), facts.rom());
    assertEquals(0x1000, facts.vzstacksize());
  }

  @Test
  void threadsComeInTheOrderOfPlacement() throws IOException {
    Configuration read =
        read(
            ELF
                + ".thread\n"
                + " id = 8\n"
                + " entry = loop\n"
                + " mode = u\n"
                + " srs = 2\n"
                + " sp = 0x100 0x1000 0x10f0\n"
                + ".\n",
            "wifire");
    assertEquals(List.of(8, 1), read.vms().stream().map(Vm::id).toList());
    Vm thread = read.vms().getFirst();
    assertEquals(2, thread.shadowSet());
    assertTrue(thread.userMode());
    Vm.Stack stack = thread.stack();
    assertEquals(0x10F0, stack == null ? 0 : stack.sp());
  }
}
