package org.vzrig.appliance.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.vzrig.boards.Board;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.emulator.periph.Flash;
import org.vzrig.emulator.periph.ResetCause;

/**
 * The flash of a board in a file: a few lines of text that end with an empty one, then program
 * flash and both boot panels as they lie in silicon. A board that has such a file keeps what was
 * programmed into it from run to run.
 */
public final class FlashFile {
  private static final String MAGIC = "vzrig flash";
  private static final String VERSION = "1";
  private static final int LONGEST_HEADER = 1024;

  private final Path file;

  /** The flash in {@code file}, which need not exist yet. */
  public FlashFile(Path file) {
    this.file = file;
  }

  /** Its path. */
  public Path path() {
    return file;
  }

  /** Whether there is one. */
  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * Fills the flash of {@code machine} from the file and restarts it from power-on.
   *
   * @throws IOException when it cannot be read, is none, is damaged or of another board; the
   *     message says what was expected and what was found
   */
  public void load(Machine machine) throws IOException {
    byte[] all = Files.readAllBytes(file);
    int end = headerEnd(all);
    List<String> found = new String(all, 0, end, StandardCharsets.US_ASCII).lines().toList();
    byte[] content = Arrays.copyOfRange(all, end, all.length);
    compare(header(machine.board(), content), found, content.length, size(machine));
    int at = 0;
    for (Memory memory : memories(machine)) {
      System.arraycopy(content, at, memory.bytes, 0, memory.size());
      memory.changed(0, memory.size());
      at += memory.size();
    }
    machine.reset(ResetCause.POWER_ON);
  }

  private int headerEnd(byte[] all) throws IOException {
    for (int i = 1; i < Math.min(all.length, LONGEST_HEADER); i++) {
      if (all[i] == '\n' && all[i - 1] == '\n') {
        return i + 1;
      }
    }
    throw new IOException(
        "%s: expected a flash file that begins with '%s %s', found something else"
            .formatted(file, MAGIC, VERSION));
  }

  private void compare(List<String> wanted, List<String> found, int length, int size)
      throws IOException {
    if (found.isEmpty() || !found.getFirst().equals(wanted.getFirst())) {
      throw wrong(wanted.getFirst(), found.isEmpty() ? "nothing" : found.getFirst());
    }
    for (int i = 1; i < wanted.size(); i++) {
      String line = i < found.size() ? found.get(i) : "nothing";
      boolean hash = i == wanted.size() - 1;
      if (hash && length != size) {
        throw wrong(size + " bytes of flash", length + ": the file is cut off or has grown");
      }
      if (!line.equals(wanted.get(i))) {
        throw hash
            ? wrong(line, wanted.get(i) + " of the bytes there: the file is damaged")
            : wrong(wanted.get(i), line + ": it belongs to another board");
      }
    }
  }

  private IOException wrong(String expected, String found) {
    return new IOException("%s: expected %s, found %s".formatted(file, expected, found));
  }

  /**
   * Writes the flash of {@code machine}, which has to stand still, in one step: the file is the old
   * or the new one, whatever happens meanwhile.
   */
  public void save(Machine machine) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(size(machine));
    for (Memory memory : memories(machine)) {
      content.writeBytes(memory.bytes);
    }
    byte[] bytes = content.toByteArray();
    String header = String.join("\n", header(machine.board(), bytes)) + "\n\n";
    Path fresh = fresh();
    try {
      write(fresh, header.getBytes(StandardCharsets.US_ASCII), bytes);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Makes sure that the file can be written, so that a run does not end with a surprise.
   *
   * @throws IOException when its folder is missing or not ours to write
   */
  public void checkWritable() throws IOException {
    Path fresh = fresh();
    Files.write(fresh, new byte[0]);
    Files.delete(fresh);
  }

  private Path fresh() {
    return file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
  }

  private static void write(Path to, byte[]... parts) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            to,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (byte[] part : parts) {
        for (ByteBuffer rest = ByteBuffer.wrap(part); rest.hasRemaining(); ) {
          channel.write(rest);
        }
      }
      channel.force(true);
    }
  }

  private static List<String> header(Board board, byte[] content) {
    return List.of(
        MAGIC + " " + VERSION,
        "board " + board.name(),
        "part " + board.chip().name(),
        "sha256 " + sha256(content));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Memory> memories(Machine machine) {
    Flash flash = machine.chip().flash();
    return List.of(flash.program(), flash.boot(1), flash.boot(2));
  }

  private static int size(Machine machine) {
    return memories(machine).stream().mapToInt(Memory::size).sum();
  }
}
