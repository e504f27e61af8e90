package org.vzrig.appliance.debug;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.vzrig.boards.image.Symbols;
import org.vzrig.emulator.cpu.CoreObserver;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.layout.VmMap;
import org.vzrig.hypervisor.rt.ThreadStatus;

/**
 * What a debugger knows of a machine.
 *
 * @param machine the machine
 * @param symbols symbols by GuestID, those of root mode under {@link CoreObserver#ROOT}
 * @param maps what guests of the Java hypervisor may reach, by id
 * @param guests how these guests are
 */
public record DebugView(
    Machine machine,
    Map<Integer, Symbols> symbols,
    Map<Integer, VmMap> maps,
    Supplier<List<ThreadStatus>> guests) {
  /** A machine whose root mode runs the code of an image with {@code symbols}. */
  public static DebugView of(Machine machine, Symbols symbols) {
    return new DebugView(machine, Map.of(CoreObserver.ROOT, symbols), Map.of(), List::of);
  }

  /** The symbols of a guest or of root mode. */
  public Symbols symbols(int context) {
    return symbols.getOrDefault(context, Symbols.NONE);
  }
}
