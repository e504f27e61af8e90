package org.vzrig.appliance.daemon;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.Version;
import org.vzrig.appliance.run.FileHash;
import org.vzrig.appliance.run.Target;
import org.vzrig.emulator.snapshot.Snapshot;
import org.vzrig.emulator.snapshot.SnapshotException;

/** Complete states of machines in files, each known by version, board and what it runs. */
final class Snapshots {
  private static final long PATIENCE_SECONDS = 10;

  private Snapshots() {}

  /** What a snapshot of {@code target} is known by. */
  static Map<String, String> header(Target target) {
    Map<String, String> header = new LinkedHashMap<>();
    header.put("version", Version.text());
    header.put("board", target.board().name());
    for (int i = 0; i < target.files().size(); i++) {
      header.put("runs" + (i + 1), FileHash.named(target.files().get(i)));
    }
    return header;
  }

  /** Writes the state of {@code machine} to {@code file}, which is whole or not there at all. */
  static void write(PoweredMachine machine, Path file) throws CommandFailure, IOException {
    Snapshot snapshot = take(machine);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        snapshot.write(out);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Snapshot take(PoweredMachine machine) throws CommandFailure {
    Map<String, String> header = machine.snapshotHeader();
    Object root = root(machine.target());
    try {
      return machine.call(() -> taken(root, header)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(String.valueOf(cause.getMessage()));
    } catch (TimeoutException e) {
      throw failure("the machine has not answered for " + PATIENCE_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
  }

  private static Snapshot taken(Object root, Map<String, String> header) {
    try {
      return Snapshot.of(root, header);
    } catch (SnapshotException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** Puts the state of {@code file} into {@code target}, which was built and does not run yet. */
  static void restore(Path file, Target target) throws CommandFailure, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Snapshot snapshot = Snapshot.read(in);
      snapshot.check(header(target));
      snapshot.restoreInto(root(target));
    } catch (SnapshotException e) {
      throw failure(file + ": " + e.getMessage());
    }
  }

  private static CommandFailure failure(String line) {
    return new CommandFailure(ExitCode.REFUSED, List.of(line));
  }

  /** What owns all of the machine's state. */
  private static Object root(Target target) {
    return target.rig().isPresent() ? target.rig().get() : target.debug().machine();
  }
}
