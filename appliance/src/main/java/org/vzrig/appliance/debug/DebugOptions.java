package org.vzrig.appliance.debug;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.ImageOptions;
import org.vzrig.appliance.gdb.GdbServer;
import org.vzrig.boards.SfrNames;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.image.Symbol;
import org.vzrig.boards.image.Symbols;
import org.vzrig.emulator.cpu.CoreObserver;
import picocli.CommandLine.Option;

/** Options of {@code vzrig run} for looking into the machine. */
public final class DebugOptions {
  @Option(
      names = "--trace",
      description =
          "Write every instruction, guest exit, interrupt, exception and register access to"
              + " standard error, or where --trace-to says.")
  boolean trace;

  @Option(
      names = "--trace-to",
      paramLabel = "FILE",
      description = "Write the trace to FILE; implies --trace.")
  @Nullable Path file;

  @Option(
      names = "--trace-kind",
      paramLabel = "KIND",
      split = ",",
      description = "Trace only these: ${COMPLETION-CANDIDATES}; implies --trace.")
  List<TraceFilter.Kind> kinds = new ArrayList<>();

  @Option(
      names = "--trace-guest",
      paramLabel = "GUEST",
      split = ",",
      description = "Trace only these: 1 to 7, or root; implies --trace.")
  List<String> guests = new ArrayList<>();

  @Option(
      names = "--trace-range",
      paramLabel = "FROM-TO",
      split = ",",
      description =
          "Trace only what happens at these addresses: hexadecimal, one symbol, or one register"
              + " such as U4TXREG; implies --trace.")
  List<String> ranges = new ArrayList<>();

  @Option(
      names = "--symbols",
      paramLabel = "[GUEST:]FILE",
      description = "Take symbols from this ELF file, for root mode or a guest. Repeatable.")
  List<String> symbolFiles = new ArrayList<>();

  @Option(
      names = "--gdb",
      paramLabel = "PORT",
      description =
          "Wait for a debugger (gdb-multiarch, \"target remote localhost:PORT\") before the first"
              + " instruction; root is thread 1, guest n is thread n + 1. 0 takes a free port.")
  @Nullable Integer gdb;

  private boolean traced() {
    return trace || file != null || !kinds.isEmpty() || !guests.isEmpty() || !ranges.isEmpty();
  }

  /** Whether a trace or a debugger was asked for. */
  public boolean given() {
    return traced() || gdb != null;
  }

  /**
   * Attaches what was asked for to a machine that does not run yet. Close the result after the run.
   *
   * @throws CommandFailure when an option makes no sense or a symbol file cannot be read
   * @throws IOException when the trace file cannot be written
   */
  public Debugging attach(DebugView view) throws CommandFailure, IOException {
    DebugView known = withSymbols(view);
    PrintWriter out = traced() ? trace(known) : null;
    return new Debugging(out, gdb == null ? null : new GdbServer(gdb, known));
  }

  private PrintWriter trace(DebugView view) throws CommandFailure, IOException {
    TraceFilter filter = filter(view);
    PrintWriter out =
        file == null
            ? new PrintWriter(System.err, false, StandardCharsets.UTF_8)
            : new PrintWriter(Files.newBufferedWriter(file));
    new Tracer(view, filter, out).attach();
    return out;
  }

  private TraceFilter filter(DebugView view) throws CommandFailure {
    Set<TraceFilter.Kind> chosen =
        kinds.isEmpty() ? EnumSet.allOf(TraceFilter.Kind.class) : EnumSet.copyOf(kinds);
    Set<Integer> contexts = new TreeSet<>();
    for (String guest : guests) {
      contexts.add(context("--trace-guest", guest));
    }
    List<TraceFilter.Range> parsed = new ArrayList<>();
    for (String range : ranges) {
      parsed.add(range(view, range));
    }
    return new TraceFilter(chosen, contexts, parsed);
  }

  private static int context(String option, String text) throws CommandFailure {
    if (text.equals("root")) {
      return CoreObserver.ROOT;
    }
    if (text.matches("[1-7]")) {
      return Integer.parseInt(text);
    }
    throw new CommandFailure(
        ExitCode.USAGE, "%s: expected root or 1 to 7, found '%s'".formatted(option, text));
  }

  private static TraceFilter.Range range(DebugView view, String text) throws CommandFailure {
    if (text.matches("(0x)?\\p{XDigit}+(-(0x)?\\p{XDigit}+)?")) {
      String[] ends = text.replace("0x", "").split("-", -1);
      int first = Integer.parseUnsignedInt(ends[0], 16);
      int last = ends.length == 1 ? first : Integer.parseUnsignedInt(ends[1], 16);
      return new TraceFilter.Range(first, last);
    }
    if (SfrNames.address(text).isPresent()) {
      int register = SfrNames.address(text).getAsInt();
      return new TraceFilter.Range(register, register + 15);
    }
    for (Symbols symbols : view.symbols().values()) {
      if (symbols.named(text).isPresent()) {
        Symbol symbol = symbols.named(text).get();
        return new TraceFilter.Range(
            symbol.address(), symbol.address() + Math.max(symbol.size(), 4) - 1);
      }
    }
    throw new CommandFailure(
        ExitCode.USAGE,
        "--trace-range: expected addresses such as 9D000000-9D0000FF, a symbol or a register, found"
            + " '%s'".formatted(text));
  }

  private DebugView withSymbols(DebugView view) throws CommandFailure {
    Map<Integer, Symbols> all = new HashMap<>(view.symbols());
    for (String text : symbolFiles) {
      boolean guest = text.matches("(root|[0-9]+):.*");
      int context =
          guest ? context("--symbols", text.substring(0, text.indexOf(':'))) : CoreObserver.ROOT;
      all.put(context, symbols(Path.of(guest ? text.substring(text.indexOf(':') + 1) : text)));
    }
    return new DebugView(view.machine(), all, view.maps(), view.guests());
  }

  private static Symbols symbols(Path elf) throws CommandFailure {
    try {
      return new Symbols(ImageReader.read(elf).symbols());
    } catch (ImageException e) {
      throw ImageOptions.refusal(e);
    }
  }
}
