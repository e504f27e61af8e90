package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.device.BlockStore;
import org.vzrig.emulator.machine.Machine;
import picocli.CommandLine.Option;

/** Options for the memory card in the board's socket. */
public final class CardOptions {
  @Option(
      names = "--sd",
      order = -8,
      paramLabel = "FILE",
      description =
          "Put a memory card into the board's socket: FILE is its image, blocks of 512 bytes. What"
              + " the board writes stands in FILE at once.")
  @Nullable Path file;

  @Option(
      names = "--sd-read-only",
      order = -7,
      description = "The card of --sd is write-protected: FILE stays as it is.")
  boolean readOnly;

  /** Whether there is a card. */
  boolean given() {
    return file != null;
  }

  /**
   * Puts the card that was asked for into the socket of a machine that does not run yet.
   *
   * @throws CommandFailure when the board has no socket, or --sd-read-only stands alone
   * @throws IOException when the file is no image of a card or cannot be used
   */
  public void insert(Machine machine) throws CommandFailure, IOException {
    if (file == null && readOnly) {
      throw new CommandFailure(ExitCode.USAGE, "--sd-read-only: expected --sd FILE too");
    }
    if (file == null) {
      return;
    }
    Board board = machine.board();
    if (board.sdSlot().isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--sd: expected a board with a socket for a memory card (%s), found %s"
              .formatted(withSocket(), board.name()));
    }
    machine.insertCard(BlockStore.file(file, readOnly));
  }

  private static String withSocket() {
    return String.join(
        ", ", Boards.all().stream().filter(b -> b.sdSlot().isPresent()).map(Board::name).toList());
  }
}
