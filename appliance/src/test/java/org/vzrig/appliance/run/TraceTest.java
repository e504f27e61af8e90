package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.VzrigProcess;
import org.vzrig.appliance.debug.DebugOptions;
import org.vzrig.appliance.debug.Debugging;
import org.vzrig.boards.Boards;
import picocli.CommandLine;

/** What {@code --trace} shows of guests and of firmware, and what its filters leave of it. */
class TraceTest {
  private static final long MILLISECOND = 200_000;
  private static final Path DEMO = VzrigProcess.root().resolve("hypervisor/guests/wifire.config");

  @TempDir private Path folder;

  /** A command that has nothing but the options. */
  @CommandLine.Command
  private record Holder<T>(@CommandLine.Mixin T options) {}

  private static <T> T options(T options, String... arguments) {
    new CommandLine(new Holder<>(options)).parseArgs(arguments);
    return options;
  }

  private List<String> trace(Target target, long cycles, String... arguments)
      throws CommandFailure, IOException {
    Path file = folder.resolve("trace.txt");
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--trace-to=" + file;
    DebugOptions options = options(new DebugOptions(), all);
    try (Debugging _ = options.attach(target.debug())) {
      target.workload().runTo(target.workload().cycles() + cycles);
    }
    return Files.readAllLines(file);
  }

  private List<String> ofGuests(long cycles, String... arguments)
      throws CommandFailure, IOException {
    return trace(Targets.of(DEMO, new FirmwareOptions(), Boards.WIFIRE), cycles, arguments);
  }

  private List<String> ofFirmware(long cycles, String... arguments)
      throws CommandFailure, IOException {
    Path program = ButtonLamp.write(folder.resolve("lamp.bin"));
    FirmwareOptions options =
        options(new FirmwareOptions(), "--at", "9D001000", "--entry", "9D001000");
    return trace(Targets.of(program, options, Boards.WIFIRE), cycles, arguments);
  }

  private static void assertAll(List<String> lines, Predicate<String> wanted) {
    assertFalse(lines.isEmpty());
    for (String line : lines) {
      assertTrue(wanted.test(line), line);
    }
  }

  @Test
  void showsInstructionsAndRegistersInTheirOrder() throws Exception {
    List<String> lines = ofFirmware(8);
    assertEquals("   0.000000000 root 9D001000  3C08BF86  lui t0,0xbf86", lines.getFirst());
    int store = lines.indexOf("   0.000000010 root 9D001008  AD090004  sw t1,4(t0)");
    assertEquals(
        "   0.000000015 root sfr  ANSELACLR    <- 00000020 at 9D001008", lines.get(store + 1));
    assertTrue(lines.stream().anyMatch(l -> l.contains("PORTA        -> 00000000")));
  }

  @Test
  void filtersByKind() throws Exception {
    assertAll(ofFirmware(50, "--trace-kind=SFR"), l -> l.contains(" root sfr "));
    assertAll(ofFirmware(50, "--trace-kind=INSN"), l -> l.contains(" root 9D0010"));
    List<String> exits = ofGuests(5 * MILLISECOND, "--trace-kind=EXIT");
    assertAll(exits, l -> l.matches(".* vm[12] +exit .*"));
    assertTrue(exits.stream().anyMatch(l -> l.contains("exit GE GPSI at 9FC00")));
    assertTrue(exits.stream().anyMatch(l -> l.contains("exit TLBL on 1FC00480")));
    assertAll(
        ofGuests(5 * MILLISECOND, "--trace-kind=IRQ"), l -> l.contains(" interrupt UART4_TX,"));
  }

  @Test
  void filtersByGuest() throws Exception {
    assertAll(ofGuests(3 * MILLISECOND, "--trace-guest=2"), l -> l.contains(" vm2  "));
    assertAll(ofGuests(3 * MILLISECOND, "--trace-guest=root"), l -> l.contains(" root "));
    assertAll(ofGuests(3 * MILLISECOND, "--trace-guest=1,2"), l -> l.matches(".* vm[12]  .*"));
  }

  @Test
  void filtersByAddressesSymbolsAndRegisters() throws Exception {
    assertAll(
        ofFirmware(50, "--trace-kind=INSN", "--trace-range=9D001018-9D00101C"),
        l -> l.matches(".* 9D00101[8C]  .*"));
    assertAll(ofFirmware(50, "--trace-range=LATG"), l -> l.contains(" LATG         <- 00000000"));
    assertAll(
        ofGuests(3 * MILLISECOND, "--trace-kind=INSN", "--trace-range=_start"),
        l -> l.contains("<_start"));
  }

  @Test
  void refusesFiltersThatMeanNothing() {
    assertEquals(
        List.of("--trace-guest: expected root or 1 to 7, found '9'"),
        assertThrows(CommandFailure.class, () -> ofFirmware(1, "--trace-guest=9")).lines());
    assertTrue(
        assertThrows(CommandFailure.class, () -> ofFirmware(1, "--trace-range=nowhere"))
            .lines()
            .getFirst()
            .startsWith("--trace-range: expected addresses such as 9D000000-9D0000FF"));
  }
}
