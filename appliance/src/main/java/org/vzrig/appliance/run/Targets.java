package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tinylog.Logger;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.debug.DebugView;
import org.vzrig.boards.Board;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Symbols;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.layout.VmLayout;
import org.vzrig.hypervisor.layout.VmMap;
import org.vzrig.hypervisor.rt.Rig;

/** Makes machines from the files that users name. */
public final class Targets {
  private Targets() {}

  /**
   * A machine that runs {@code file}: a firmware image by its name's ending, its content or the
   * options, else a configuration.
   */
  public static Target of(Path file, FirmwareOptions options, Board board) throws CommandFailure {
    try {
      return of(file, options, board, Optional.empty());
    } catch (IOException e) {
      throw new IllegalStateException(e); // only a flash file can fail that way
    }
  }

  /**
   * The same, with flash that is kept in a file.
   *
   * @throws IOException when {@code flash} cannot be used
   */
  public static Target of(
      Path file, FirmwareOptions options, Board board, Optional<FlashFile> flash)
      throws CommandFailure, IOException {
    boolean image = options.used() || ImageFormat.ofFile(file).isPresent();
    if (!image && flash.isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--flash %s: expected an image or nothing to run, found the configuration %s"
              .formatted(flash.get().path(), file));
    }
    return image ? firmware(file, options, board, flash) : guests(file, board);
  }

  /**
   * A machine that runs what is in the flash of {@code board}: its boot loader when that is all.
   *
   * @throws IOException when {@code flash} cannot be used
   */
  public static Target of(FirmwareOptions options, Board board, Optional<FlashFile> flash)
      throws CommandFailure, IOException {
    Machine machine = Firmware.board(options, board, flash);
    List<Path> files = flash.filter(FlashFile::exists).map(FlashFile::path).stream().toList();
    return of(DebugView.of(machine, Symbols.NONE), Optional.empty(), files);
  }

  private static Target firmware(
      Path file, FirmwareOptions options, Board board, Optional<FlashFile> flash)
      throws CommandFailure, IOException {
    Image image = Firmware.read(file, options, board.chip());
    Machine machine = Firmware.boot(image, options, board, flash);
    List<Path> files = options.loader == null ? List.of(file) : List.of(file, options.loader);
    return of(DebugView.of(machine, new Symbols(image.symbols())), Optional.empty(), files);
  }

  private static Target of(DebugView view, Optional<Rig> rig, List<Path> files) {
    Machine machine = view.machine();
    return new Target(
        machine,
        machine.events(),
        machine.sysclkHz(),
        machine.board(),
        machine::uart,
        machine.pins(),
        view,
        rig,
        files,
        Optional.empty());
  }

  /** The board with the hypervisor and the guests of a configuration. */
  private static Target guests(Path file, Board board) throws CommandFailure {
    try {
      Layout layout = Layouts.read(file, board.name());
      layout.warnings().forEach(warning -> Logger.warn("{}", warning));
      Rig rig = Rig.build(board, layout);
      return of(view(rig, layout), Optional.of(rig), files(file, layout));
    } catch (ConfigException e) {
      List<String> lines = e.problems().stream().map(Object::toString).toList();
      throw new CommandFailure(ExitCode.BAD_CONFIG, lines);
    }
  }

  private static List<Path> files(Path configuration, Layout layout) {
    List<Path> files = new ArrayList<>(List.of(configuration));
    for (VmLayout vm : layout.guests()) {
      GuestImage image = vm.image();
      if (image != null && !files.contains(image.path())) {
        files.add(image.path());
      }
    }
    return files;
  }

  private static DebugView view(Rig rig, Layout layout) {
    Map<Integer, Symbols> symbols = new HashMap<>();
    Map<Integer, VmMap> maps = new HashMap<>();
    for (VmLayout vm : layout.guests()) {
      maps.put(vm.id(), vm.map());
      GuestImage image = vm.image();
      if (image != null && image.elf()) {
        symbols.put(vm.id(), symbols(image.path()));
      }
    }
    return new DebugView(rig.machine(), symbols, maps, rig::status);
  }

  private static Symbols symbols(Path elf) {
    try {
      return new Symbols(ImageReader.read(elf).symbols());
    } catch (ImageException e) {
      return Symbols.NONE; // the guest's program has been read: what is wrong was told then
    }
  }
}
