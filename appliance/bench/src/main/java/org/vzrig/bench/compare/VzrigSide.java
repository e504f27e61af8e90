package org.vzrig.bench.compare;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.layout.Layouts;
import org.vzrig.hypervisor.rt.Rig;

/**
 * A process that runs a kernel image on our machine, as fast as it goes, with the console on its
 * standard output: {@code VzrigSide IMAGE LETTER ENGINE}. A name that ends in {@code .config} is a
 * configuration of the hypervisor: then the kernels run in guest mode.
 */
public final class VzrigSide {
  /** As {@code vzrig run} has it: 100 microseconds. */
  private static final long SLICE = 20_000;

  private static final int CONSOLE = 4;

  private VzrigSide() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]);
    boolean guest = args[0].endsWith(".config");
    Machine machine = guest ? guest(file) : bare(file);
    machine.cpu().engine(Cpu.Engine.valueOf(args[2]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.ISO_8859_1);
    StringBuilder printed = new StringBuilder();
    String input = guest ? "\0051" + args[1] : args[1];
    machine
        .uart(CONSOLE)
        .onTransmit(
            (cycle, value) -> {
              out.write(value);
              out.flush();
              printed.append((char) value);
              if (value == '?' && printed.indexOf("kernels") >= 0) {
                input.chars().forEach(machine.uart(CONSOLE)::receive);
              }
            });
    while (true) {
      machine.runTo(machine.cycles() + SLICE);
    }
  }

  private static Machine bare(Path file) throws Exception {
    Image image = ImageReader.read(file);
    Machine machine = new Machine(Boards.WIFIRE);
    machine.load(image);
    machine.startAt(image.symbol("_start").orElseThrow().address());
    return machine;
  }

  private static Machine guest(Path file) throws Exception {
    return Rig.build(Boards.WIFIRE, Layouts.read(file, Boards.WIFIRE.name())).machine();
  }
}
