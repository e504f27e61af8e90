package org.vzrig.hypervisor.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;

/**
 * Reads a configuration with everything that it leans on: the board file, the device library, and
 * the {@code .map} file of each ELF image.
 *
 * <p>Files named in the configuration are looked for beside it, then in the current directory. The
 * board comes from {@code boards/<tinyVP's name>} in the same places, else from our own table.
 */
public final class ConfigReader {
  private final Path file;
  private final FileFinder files;
  private final Problems problems;
  private final Map<Integer, Vm> vms = new LinkedHashMap<>();

  private ConfigReader(Path file, Path currentDirectory, Problems problems) {
    this.file = file;
    this.files = new FileFinder(file, currentDirectory);
    this.problems = problems;
  }

  /**
   * Reads a configuration and reports into a collection, so that later checks can add to it. What
   * is wrong is left out of the result.
   *
   * @param file the main file
   * @param board the board's name, ours or tinyVP's
   */
  public static Configuration read(Path file, String board, Problems problems) {
    ConfigReader reader = new ConfigReader(file, Path.of(""), problems);
    BoardFacts facts = reader.board(board);
    reader.readMain();
    return new Configuration(file, facts, reader.inOrder(), problems.warnings());
  }

  private BoardFacts board(String name) {
    Optional<Board> known = Boards.named(name);
    Set<String> names = new LinkedHashSet<>(List.of(name));
    known.ifPresent(board -> names.addAll(board.aliases()));
    for (String candidate : names) {
      Path found = files.find("boards/" + candidate);
      if (found != null) {
        return BoardParser.read(found, candidate, problems);
      }
    }
    if (known.isEmpty()) {
      List<String> all = Boards.all().stream().map(Board::name).toList();
      problems.error(
          Where.file(file),
          "board: expected one of %s or the name of a file in boards/, found '%s'"
              .formatted(String.join(", ", all), name));
    }
    return BoardFacts.of(known.orElse(Boards.all().getFirst()), Where.file(file));
  }

  private void readMain() {
    Path found = files.find("device.lib");
    DeviceLibrary library = DeviceLibrary.read(found, problems);
    try {
      if (!Files.isRegularFile(file)) {
        problems.error(Where.file(file), "no such configuration file");
        return;
      }
      blocks(Lines.read(file), library);
    } catch (IOException e) {
      problems.error(Where.file(file), "cannot be read: " + e.getMessage());
    }
  }

  private void blocks(Lines lines, DeviceLibrary library) {
    boolean lost = false;
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.opensVm()) {
        add(new VmParser(problems, files, library, line).parse(lines));
        lost = false;
      } else if (!lost) {
        problems.error(line.where(), "expected '.vm' or '.thread', found '" + line.text() + "'");
        lost = true;
      }
    }
    if (vms.isEmpty() && !problems.hasErrors()) {
      problems.error(Where.file(file), "the configuration has no '.vm' and no '.thread'");
    }
  }

  private void add(@Nullable Vm vm) {
    if (vm == null) {
      return;
    }
    Vm earlier = vms.put(vm.id(), vm);
    if (earlier != null) {
      problems.warn(
          vm.where(),
          "id %d replaces the block of line %d".formatted(vm.id(), earlier.where().line()));
    }
  }

  private List<Vm> inOrder() {
    Set<Integer> ids = new LinkedHashSet<>(vms.keySet());
    if (vms.values().stream().anyMatch(vm -> vm.kind() == Vm.Kind.GUEST)) {
      ids.add(0);
    }
    List<Vm> ordered = new ArrayList<>();
    for (int id : DictionaryOrder.of(ids)) {
      Vm vm = vms.get(id);
      if (vm != null) {
        ordered.add(vm);
      }
    }
    return List.copyOf(ordered);
  }
}
