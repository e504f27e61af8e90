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
      "Every word is shown as a MIPS32 instruction, data too: address in KSEG0, word,"
          + " instruction, with a line for each symbol of an ELF file.",
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
      long start = Math.max(first, segment.start() + 3 & ~3L);
      for (long pa = start; pa + 4 <= Math.min(end, segment.end()); pa += 4) {
        line(out, symbols, Addresses.kseg0((int) pa), image.word((int) pa).orElse(0));
      }
      if (start < Math.min(end, segment.end())) {
        out.println();
      }
    }
    out.flush();
  }

  private static void line(PrintWriter out, Symbols symbols, int va, int word) {
    symbols.exactly(va).ifPresent(name -> out.printf("%n%08X <%s>:%n", va, name));
    out.printf("%08X  %08X  %s%n", va, word, Disassembler.disassemble(word, va));
  }
}
