package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.machine.Machine;

/** What stands in flash outlives a run. */
class FlashFileTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("board.flash");
  }

  private Machine machine(Board board) throws Exception {
    return Targets.of(new FirmwareOptions(), board, Optional.of(new FlashFile(path())))
        .debug()
        .machine();
  }

  private Machine saved() throws Exception {
    Machine machine = machine(Boards.WIFIRE);
    machine.chip().flash().program().store(0x1234, 4, 0xCAFE_F00D);
    machine.chip().flash().boot(2).store(0x100, 4, 0x600D_B007);
    new FlashFile(path()).save(machine);
    return machine;
  }

  private String refusal(Board board) {
    return String.valueOf(assertThrows(IOException.class, () -> machine(board)).getMessage());
  }

  @Test
  void programAndBootFlashComeBack() throws Exception {
    Machine before = saved();
    Machine after = machine(Boards.WIFIRE);
    assertArrayEquals(before.chip().flash().program().bytes, after.chip().flash().program().bytes);
    assertArrayEquals(before.chip().flash().boot(1).bytes, after.chip().flash().boot(1).bytes);
    assertEquals(0x600D_B007, after.chip().flash().boot(2).load(0x100, 4));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "nothing but the file stays");
    }
  }

  @Test
  void aFileOfAnotherBoardIsRefused() throws Exception {
    saved();
    String message = refusal(Boards.named("dm320007").orElseThrow());
    assertTrue(message.contains("expected board dm320007, found board wifire"), message);
  }

  @Test
  void whatIsNoFlashFileIsRefused() throws Exception {
    Files.writeString(path(), ":020000041D00DD\n");
    assertTrue(refusal(Boards.WIFIRE).contains("expected a flash file"), "a hex file");
    Files.writeString(path(), "vzrig flash 7\n\n");
    assertTrue(refusal(Boards.WIFIRE).contains("found vzrig flash 7"), "another version");
  }

  @Test
  void damageIsFound() throws Exception {
    saved();
    byte[] all = Files.readAllBytes(path());
    all[all.length / 2] ^= 1;
    Files.write(path(), all);
    assertTrue(refusal(Boards.WIFIRE).contains("the file is damaged"));
    Files.write(path(), Arrays.copyOf(all, all.length - 1));
    assertTrue(refusal(Boards.WIFIRE).contains("cut off"));
  }

  @Test
  void aFolderThatIsMissingIsToldBeforeTheRun() {
    FlashFile file = new FlashFile(folder.resolve("no/board.flash"));
    assertThrows(
        IOException.class,
        () -> Targets.of(new FirmwareOptions(), Boards.WIFIRE, Optional.of(file)));
    assertFalse(file.exists());
  }

  @Test
  void aBoardWithoutABootLoaderHasNothingToRun() {
    Board board = Boards.named("dm320007").orElseThrow();
    CommandFailure e =
        assertThrows(
            CommandFailure.class, () -> Targets.of(new FirmwareOptions(), board, Optional.empty()));
    assertTrue(e.lines().getFirst().contains("no boot loader"), e.lines().getFirst());
  }

  @Test
  void guestsOfAConfigurationHaveNoFlashFile() {
    Path demo = org.vzrig.appliance.VzrigProcess.root().resolve("hypervisor/guests/wifire.config");
    CommandFailure e =
        assertThrows(
            CommandFailure.class,
            () ->
                Targets.of(
                    demo,
                    new FirmwareOptions(),
                    Boards.WIFIRE,
                    Optional.of(new FlashFile(path()))));
    assertTrue(e.lines().getFirst().contains("found the configuration"), e.lines().getFirst());
  }
}
