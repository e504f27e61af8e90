package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.emulator.machine.Machine;
import picocli.CommandLine;

/** Where images of each format start, with and without boot loaders. */
class FirmwareTest {
  private static final int RESET = 0xBFC0_0000;
  private static final int APPLICATION = 0x9D00_1000;
  private static final long SECOND = 200_000_000;
  private static final Path LOADER =
      VzrigProcess.root().resolve("boards/src/main/resources/org/vzrig/boards/wifire-loader.elf");

  @TempDir private Path folder;
  private Path binary = Path.of("");

  @BeforeEach
  void write() throws IOException {
    binary = ButtonLamp.write(folder.resolve("lamp.bin"));
  }

  private static Machine start(Board board, Path file, String... arguments) throws CommandFailure {
    FirmwareOptions options = new FirmwareOptions();
    new CommandLine(new Holder(options)).parseArgs(arguments);
    return Targets.of(file, options, board).debug().machine();
  }

  /** A command that has nothing but the options. */
  @CommandLine.Command
  private record Holder(@CommandLine.Mixin FirmwareOptions options) {}

  private static String refusal(Path file, String... arguments) {
    return String.join(
        "\n",
        assertThrows(CommandFailure.class, () -> start(Boards.WIFIRE, file, arguments)).lines());
  }

  private static boolean inProgram(Machine machine) {
    int offset = machine.cpu().pc() - APPLICATION;
    return offset >= ButtonLamp.LOOP && offset < ButtonLamp.END;
  }

  @Test
  void theBoardsBootLoaderStartsWhatFillsProgramFlashAlone() throws CommandFailure {
    Machine machine = start(Boards.WIFIRE, binary, "--at", "9D001000");
    assertEquals(RESET, machine.cpu().pc());
    machine.run(19 * SECOND / 10);
    assertEquals(RESET >>> 16, machine.cpu().pc() >>> 16, "it still listens");
    machine.run(SECOND / 5);
    assertTrue(inProgram(machine));
  }

  @Test
  void anEntryStartsAtOnce() throws CommandFailure {
    assertEquals(
        APPLICATION,
        start(Boards.WIFIRE, binary, "--at", "1D001000", "--entry", "0x9D001000").cpu().pc());
    int loader = start(Boards.WIFIRE, LOADER, "--entry", "loader").cpu().pc();
    assertTrue(loader > RESET && loader < RESET + 0x1000, Integer.toHexString(loader));
  }

  @Test
  void boardsWithoutALoaderStartWhereTheImageIs() throws CommandFailure {
    assertEquals(APPLICATION, start(Boards.OLIMEX_EMZ64, binary, "--at", "9D001000").cpu().pc());
    assertEquals(0x9D00_0000, start(Boards.OLIMEX_EMZ64, binary, "--at", "9D000000").cpu().pc());
  }

  @Test
  void withoutAnApplicationForItTheLoaderIsLeftOut() throws CommandFailure {
    assertEquals(0x9D00_0000, start(Boards.WIFIRE, binary, "--at", "9D000000").cpu().pc());
  }

  @Test
  void anImageOfTheResetVectorStartsFromReset() throws CommandFailure {
    Machine machine = start(Boards.WIFIRE, LOADER);
    assertEquals(RESET, machine.cpu().pc());
    machine.run(3 * SECOND);
    assertEquals(RESET >>> 16, machine.cpu().pc() >>> 16, "there is no application");
  }

  @Test
  void aNamedLoaderStartsTheImage() throws CommandFailure {
    Machine machine =
        start(Boards.OLIMEX_EMZ64, binary, "--at", "9D001000", "--loader", LOADER.toString());
    assertEquals(RESET, machine.cpu().pc());
    machine.run(3 * SECOND);
    assertTrue(inProgram(machine));
  }

  @Test
  void everyFormatIsTheSameProgram() throws Exception {
    Image image = ImageReader.readBinary(binary, APPLICATION);
    Path hex = Files.writeString(folder.resolve("lamp.hex"), ImageWriter.hex(image, a -> a));
    Path srec = Files.writeString(folder.resolve("lamp.srec"), ImageWriter.srec(image, a -> a));
    for (Path file : List.of(hex, srec)) {
      Machine machine = start(Boards.WIFIRE, file, "--entry", "9D001000");
      machine.run(SECOND / 1000);
      assertTrue(inProgram(machine), file.toString());
    }
  }

  @Test
  void saysWhatIsWrongWithOptionsAndAddresses() throws IOException {
    assertEquals(
        "--at: expected an address such as 9D000000, found 'flash'",
        refusal(binary, "--at", "flash"));
    assertEquals(
        "--entry: expected an address such as 9D001000 or a symbol of the image, found 'main'",
        refusal(binary, "--at", "9D001000", "--entry", "main"));
    assertEquals(
        binary + ": 1E000000: expected an address in the flash of PIC32MZ2048EFG100",
        refusal(binary, "--at", "9E000000"));
    Path other = Files.write(folder.resolve("other.bin"), new byte[16]);
    assertTrue(refusal(other).contains("a binary file needs an address"));
    String overlap = refusal(other, "--at", "1FC00000", "--loader", LOADER.toString());
    assertTrue(
        overlap.matches(".*: 1FC0000[0-9A-F]: overlaps .*other.bin with different bytes: .*")
            || overlap.matches(".*: 1FC0000[0-9A-F]: overlaps .*loader.elf with different.*"),
        overlap);
  }
}
