package org.vzrig.hypervisor.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads one {@code .vm} or {@code .thread} block. */
final class VmParser {
  static final int MAX_GUEST = 7;
  private static final int MAX_THREAD = 255;

  private final Problems problems;
  private final FileFinder files;
  private final DeviceLibrary library;
  private final Where opened;
  private final Vm.Kind kind;

  private final Map<String, Lines.Line> values = new HashMap<>();
  private final List<Region> regions = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<Vm.Setup> setup = new ArrayList<>();
  private @Nullable Region dma;
  private @Nullable ImageFile image;
  private Lines.@Nullable Line entry;

  VmParser(Problems problems, FileFinder files, DeviceLibrary library, Lines.Line opening) {
    this.problems = problems;
    this.files = files;
    this.library = library;
    this.opened = opening.where();
    this.kind = opening.text().equals(".vm") ? Vm.Kind.GUEST : Vm.Kind.THREAD;
  }

  /** Reads to the end of the block; null when it has no usable id. */
  @Nullable Vm parse(Lines lines) {
    if (!readBlock(lines)) {
      problems.warn(opened, "'" + opening() + "' has no closing '.' before the end of the file");
    }
    int id = id();
    Vm vm = vm(id);
    return id < 0 ? null : vm;
  }

  private String opening() {
    return kind == Vm.Kind.GUEST ? ".vm" : ".thread";
  }

  /** Returns whether the block was closed. */
  private boolean readBlock(Lines lines) {
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.closes()) {
        return true;
      }
      if (line.opensVm()) {
        problems.error(
            line.where(),
            "'%s' inside '%s' of line %d: its closing '.' is missing"
                .formatted(line.text(), opening(), opened.line()));
        lines.back();
        return true;
      }
      if (line.assigns()) {
        assignment(lines, line);
      } else {
        innerBlock(lines, line);
      }
    }
    return false;
  }

  private void innerBlock(Lines lines, Lines.Line line) {
    switch (line.text()) {
      case ".mmap" -> regions.addAll(new RegionParser(problems).mmap(lines, line.where()));
      case ".device" -> devices.add(DeviceParser.parse(lines, line.where(), problems));
      default -> {
        problems.error(
            line.where(),
            "expected 'key = value', .mmap, .device or '.' in %s, found '%s'"
                .formatted(opening(), line.text()));
        if (line.text().startsWith(".")) {
          lines.skipBlock();
        }
      }
    }
  }

  private void assignment(Lines lines, Lines.Line line) {
    switch (line.key()) {
      case "device" -> device(line);
      case "dma" -> dma(line);
      case "entry" -> entry(line);
      case "elf" -> elf(line);
      case "binary", "file" -> binary(line);
      case "setup" -> setup(line);
      case ".setup" -> setupBlock(lines, line);
      case "id", "sp", "srs", "mode", "irqpolling" -> keep(line);
      default -> unknown(line);
    }
  }

  private void unknown(Lines.Line line) {
    String key = line.key();
    String hint =
        switch (key) {
          case "irq", "regs", "registers" -> "; it belongs into a .device block";
          case "rom", "ram", "code", "data", "rodata" -> "; it belongs into an .mmap block";
          default -> "";
        };
    problems.warn(line.where(), "key '" + key + "' has no effect in " + opening() + hint);
  }

  private void keep(Lines.Line line) {
    Lines.Line earlier = values.put(line.key(), line);
    if (earlier != null) {
      problems.warn(
          line.where(),
          "%s: replaces the value of line %d".formatted(line.key(), earlier.where().line()));
    }
  }

  private void device(Lines.Line line) {
    Device device = library.find(line.value(), line.where(), problems);
    if (device != null) {
      devices.add(device);
    }
  }

  private void dma(Lines.Line line) {
    if (dma != null) {
      problems.error(line.where(), "dma: given a second time, first in line " + dma.where().line());
      return;
    }
    if (line.words().size() > 3) {
      problems.error(
          line.where(),
          "dma: expected 'address size [flags]', found %d words".formatted(line.words().size()));
      return;
    }
    dma =
        new RegionParser(problems)
            .region(line.where(), "dma", line.words(), Region.Kind.FIXED, "rw", false);
    if (dma != null) {
      regions.add(dma);
    }
  }

  private void entry(Lines.Line line) {
    if (entry == null) {
      entry = line;
    } else if (!entry.value().equals(line.value())) {
      problems.warn(
          line.where(),
          "entry: ignored, because %s already gave %s".formatted(entry.where(), entry.value()));
    }
  }

  private @Nullable Path imagePath(Lines.Line line) {
    if (image != null) {
      problems.error(
          line.where(),
          "%s: the image was given in line %d".formatted(line.key(), image.where().line()));
      return null;
    }
    Path path = line.value().isEmpty() ? null : files.find(line.value());
    if (path == null) {
      problems.error(
          line.where(),
          "%s: no file '%s'; looked for %s"
              .formatted(line.key(), line.value(), files.places(line.value())));
    }
    return path;
  }

  private void elf(Lines.Line line) {
    Path path = imagePath(line);
    if (path == null) {
      entry = entry == null ? line : entry;
      return;
    }
    Lines map = MapSource.lines(path, line.where(), problems);
    if (map != null) {
      readBlock(map);
    } else {
      entry = entry == null ? line : entry;
    }
    image = new ImageFile(line.where(), path, true, CommandFile.fixedOffset(path, problems));
  }

  private void binary(Lines.Line line) {
    Path path = imagePath(line);
    if (path != null) {
      image = new ImageFile(line.where(), path, false, CommandFile.fixedOffset(path, problems));
    }
  }

  private void setup(Lines.Line line) {
    List<String> words = line.words();
    if (words.size() != 2) {
      problems.error(
          line.where(), "setup: expected 'address value', found %d words".formatted(words.size()));
      return;
    }
    OptionalLong address = Numbers.word("setup address", words.get(0), line.where(), problems);
    if (address.isPresent()) {
      addSetup(line.where(), address.getAsLong(), words.get(1));
    }
  }

  private void setupBlock(Lines lines, Lines.Line opening) {
    OptionalLong start = Numbers.word(".setup address", opening.value(), opening.where(), problems);
    long address = start.orElse(0);
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.closes()) {
        return;
      }
      if (line.opensVm()) {
        problems.error(
            line.where(),
            "'%s' inside '.setup' of line %d: its closing '.' is missing"
                .formatted(line.text(), opening.where().line()));
        lines.back();
        return;
      }
      for (String word : Lines.split(line.text())) {
        addSetup(line.where(), address, word);
        address += 4;
      }
    }
    problems.warn(opening.where(), "'.setup' has no closing '.' before the end of the file");
  }

  private void addSetup(Where where, long address, String text) {
    OptionalLong value = Numbers.parse(text);
    if (address % 4 != 0) {
      problems.error(where, "setup: address %x is not a multiple of 4".formatted(address));
    }
    if (value.isPresent() && value.getAsLong() > 0xFFFF_FFFFL) {
      problems.error(where, "setup: expected a value of at most 0xffffffff, found " + text);
    } else if (value.isEmpty()) {
      problems.warn(
          where,
          "setup: '"
              + text
              + "' is not a number; only tinyVP's compiler can know it, the word is not written"
              + " here");
    }
    setup.add(new Vm.Setup(where, address, text, value));
  }

  private int id() {
    Lines.Line line = values.get("id");
    if (line == null) {
      problems.error(opened, "'" + opening() + "' needs an 'id ='");
      return -1;
    }
    int high = kind == Vm.Kind.GUEST ? MAX_GUEST : MAX_THREAD;
    return Numbers.decimal("id", line.value(), 1, high, line.where(), problems);
  }

  private Vm vm(int id) {
    return new Vm(
        opened,
        kind,
        id,
        entryPoint(),
        image,
        List.copyOf(regions),
        List.copyOf(devices),
        dma,
        List.copyOf(setup),
        stack(),
        shadowSet(id),
        userMode(),
        polling());
  }

  private Vm.Entry entryPoint() {
    Lines.Line line = entry;
    if (line == null) {
      problems.error(opened, "'" + opening() + "' has no 'entry =' and no image that gives one");
      return new Vm.Entry(opened, "", OptionalLong.empty());
    }
    OptionalLong address = Numbers.parse(line.value());
    boolean symbol = line.value().matches("[A-Za-z_][A-Za-z0-9_]*");
    if (line.key().equals("entry") && address.isEmpty() && (kind == Vm.Kind.GUEST || !symbol)) {
      problems.error(
          line.where(),
          "entry: expected an address%s, found '%s'"
              .formatted(kind == Vm.Kind.GUEST ? "" : " or a symbol", line.value()));
    } else if (address.isPresent() && address.getAsLong() > 0xFFFF_FFFFL) {
      problems.error(line.where(), "entry: expected at most 0xffffffff, found " + line.value());
    }
    return new Vm.Entry(line.where(), line.value(), address);
  }

  private Vm.@Nullable Stack stack() {
    Lines.Line line = values.get("sp");
    if (line == null) {
      return null;
    }
    if (kind == Vm.Kind.GUEST) {
      problems.warn(line.where(), "sp: has no effect in .vm");
      return null;
    }
    List<String> words = line.words();
    if (words.size() < 2 || words.size() > 3) {
      problems.error(
          line.where(), "sp: expected 'size address [sp]', found %d words".formatted(words.size()));
      return null;
    }
    OptionalLong size = Numbers.word("sp size", words.get(0), line.where(), problems);
    OptionalLong address = Numbers.word("sp address", words.get(1), line.where(), problems);
    if (size.isEmpty() || address.isEmpty()) {
      return null;
    }
    long top = address.getAsLong() + size.getAsLong();
    OptionalLong sp =
        words.size() == 3
            ? Numbers.word("sp", words.get(2), line.where(), problems)
            : OptionalLong.of(top);
    if (top > 1L << 32) {
      problems.error(line.where(), "sp: the stack reaches beyond ffffffff");
    }
    return new Vm.Stack(line.where(), size.getAsLong(), address.getAsLong(), sp.orElse(top));
  }

  private int shadowSet(int id) {
    Lines.Line line = values.get("srs");
    if (kind == Vm.Kind.GUEST) {
      if (line != null && !line.value().equals(String.valueOf(id))) {
        problems.warn(line.where(), "srs: has no effect in .vm; a guest's set is its id");
      }
      return id;
    }
    return line == null
        ? 0
        : Math.max(0, Numbers.decimal("srs", line.value(), 0, 7, line.where(), problems));
  }

  private boolean userMode() {
    Lines.Line line = values.get("mode");
    if (line == null) {
      return false;
    }
    boolean user = line.value().equals("user") || line.value().equals("u");
    if (kind == Vm.Kind.GUEST) {
      problems.warn(line.where(), "mode: has no effect in .vm");
      return false;
    }
    if (!user && !line.value().equals("kernel")) {
      problems.warn(
          line.where(), "mode: expected kernel or user; '" + line.value() + "' counts as kernel");
    }
    return user;
  }

  private boolean polling() {
    Lines.Line line = values.get("irqpolling");
    if (line != null && !line.value().equals("1")) {
      problems.warn(
          line.where(),
          "irqpolling: any value sets it, '" + line.value() + "' too; remove the line");
    }
    return line != null;
  }
}
