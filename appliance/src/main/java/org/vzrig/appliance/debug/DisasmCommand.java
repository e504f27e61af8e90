package org.vzrig.appliance.debug;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.ImageOptions;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.Segment;
import org.vzrig.boards.image.Symbol;
import org.vzrig.boards.image.Symbols;
import org.vzrig.emulator.cpu.Disassembler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the instructions of an image. */
@Command(
    name = "disasm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "List the instructions of a firmware image.",
    description = {
      "",
      "Everything is shown as instructions, data too: address in KSEG0 (KSEG1 where only that has"
          + " symbols), word, instruction, with a line for each symbol of an ELF file. What no"
          + " symbol says to be microMIPS code is shown as MIPS32, unless --micromips is given.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  vzrig disasm firmware.elf --from main --length 80",
      "  vzrig disasm boot.bin --at 9FC00000"
    })
public final class DisasmCommand implements Callable<Integer> {
  private static final int ALL = Integer.MAX_VALUE;

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "IMAGE", description = "S-records, Intel HEX, ELF, or binary with --at.")
  Path file = Path.of("");

  @Mixin ImageOptions options = new ImageOptions();

  @Option(
      names = "--from",
      paramLabel = "ADDR|SYMBOL",
      description = "Begin there. Default: the first byte of the image.")
  @Nullable String from;

  @Option(
      names = "--length",
      paramLabel = "BYTES",
      description = "Bytes to list, decimal. Default: a symbol's size, else all.")
  @Nullable Integer length;

  @Option(names = "--micromips", description = "Show everything as microMIPS.")
  boolean micro;

  @Override
  public Integer call() throws CommandFailure {
    Image image = options.read(file);
    Symbols symbols = new Symbols(image.symbols());
    long first = 0;
    long bytes = length == null ? ALL : length;
    if (from != null) {
      Symbol symbol = symbols.named(from).orElse(null);
      int start =
          symbol == null
              ? ImageOptions.address("--from", "an address such as 9D000000 or a symbol", from)
              : symbol.address();
      first = Integer.toUnsignedLong(Addresses.physical(start));
      bytes = length != null || symbol == null || symbol.size() == 0 ? bytes : symbol.size();
    }
    list(image, symbols, first, first + bytes);
    return ExitCode.OK.code();
  }

  private void list(Image image, Symbols symbols, long first, long end) {
    PrintWriter out = spec.commandLine().getOut();
    for (Segment segment : image.segments()) {
      long start = Math.max(first & ~1L, segment.start() + 1 & ~1L);
      long stop = Math.min(end, segment.end());
      for (long pa = start; pa + 2 <= stop; ) {
        pa += line(out, symbols, image, (int) pa, stop);
      }
      if (start < stop) {
        out.println();
      }
    }
    out.flush();
  }

  /** Writes the instruction at {@code pa}, if it ends before {@code stop}; returns its length. */
  private int line(PrintWriter out, Symbols symbols, Image image, int pa, long stop) {
    int va = virtual(symbols, pa);
    boolean microMips = micro || symbols.microMips(va);
    if (!microMips && (pa & 3) != 0) {
      return 2;
    }
    int word = microMips ? half(image, pa) << 16 | half(image, pa + 2) : word(image, pa);
    int length = Disassembler.length(word, microMips ? va | 1 : va);
    if (Integer.toUnsignedLong(pa) + length > stop) {
      return length;
    }
    symbols.exactly(va).ifPresent(name -> out.printf("%n%08X <%s>:%n", va, name));
    String digits = length == 2 ? "%04X    ".formatted(word >>> 16) : "%08X".formatted(word);
    String text = Disassembler.disassemble(word, microMips ? va | 1 : va);
    out.printf("%08X  %s  %s%n", va, digits, text);
    return length;
  }

  /** In KSEG0, or in KSEG1 where only that has symbols. */
  private static int virtual(Symbols symbols, int pa) {
    int cached = Addresses.kseg0(pa);
    int uncached = Addresses.kseg1(pa);
    boolean linkedUncached = symbols.at(cached).isEmpty() && symbols.at(uncached).isPresent();
    return linkedUncached ? uncached : cached;
  }

  private static int word(Image image, int pa) {
    return image.word(pa).orElse(0);
  }

  private static int half(Image image, int pa) {
    byte[] bytes = new byte[2];
    image.read(pa, bytes);
    return bytes[0] & 0xFF | (bytes[1] & 0xFF) << 8;
  }
}
