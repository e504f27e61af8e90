package org.vzrig.appliance.gdb;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.vzrig.appliance.debug.DebugView;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.Register;
import org.vzrig.emulator.bus.SystemBus;
import org.vzrig.emulator.cpu.CoreObserver;
import org.vzrig.emulator.cpu.Cp0;
import org.vzrig.emulator.cpu.Cp0Reg;
import org.vzrig.emulator.cpu.Cpu;
import org.vzrig.emulator.cpu.Inspector;
import org.vzrig.emulator.cpu.Probe;
import org.vzrig.hypervisor.layout.VmMap;
import org.vzrig.hypervisor.rt.ThreadStatus;

/**
 * The machine as threads with registers and memory: thread 1 is root, thread n + 1 is guest n. All
 * methods belong to the machine thread.
 */
final class GdbTarget {
  private final DebugView view;
  private final Cpu cpu;
  private final SystemBus bus;
  private final Inspector inspector;

  GdbTarget(DebugView view) {
    this.view = view;
    cpu = view.machine().cpu();
    bus = view.machine().bus();
    inspector = new Inspector(cpu);
  }

  Probe probe() {
    return cpu.probe();
  }

  // --- threads

  /** The thread that executes. */
  int current() {
    return thread(inspector.context());
  }

  private static int thread(int context) {
    return context == CoreObserver.ROOT ? 1 : context + 1;
  }

  private static int context(int thread) {
    return thread == 1 ? CoreObserver.ROOT : thread - 1;
  }

  /** Root, the hypervisor's guests, and guests that root's TLB or the core knows of. */
  Set<Integer> threads() {
    Set<Integer> threads = new TreeSet<>(List.of(1, current()));
    view.guests().get().stream()
        .filter(ThreadStatus::guest)
        .forEach(guest -> threads.add(thread(guest.id())));
    for (int i = 0; i < 16; i++) {
      int id = cpu.rootTlb().entry(i).guestId();
      if (id != 0) {
        threads.add(thread(id));
      }
    }
    return threads;
  }

  /** What GDB shows beside a thread's number. */
  String describe(int thread) {
    ThreadStatus known = status(thread);
    String running = thread == current() ? "executing" : "not executing";
    String state =
        known == null ? running : known.state().name().toLowerCase(java.util.Locale.ROOT);
    return (thread == 1 ? "root" : "guest " + context(thread)) + ", " + state;
  }

  private @org.jspecify.annotations.Nullable ThreadStatus status(int thread) {
    return view.guests().get().stream()
        .filter(guest -> guest.guest() && thread(guest.id()) == thread)
        .findFirst()
        .orElse(null);
  }

  // --- registers

  /** A register of {@code thread}; empty when it is not in the core. */
  OptionalLong register(int thread, int number) {
    if (number < 32) {
      return OptionalLong.of(cpu.gpr(inspector.shadowSet(context(thread)), number));
    }
    if (number == TargetXml.PC) {
      return pc(thread);
    }
    return thread == current() ? OptionalLong.of(own(number)) : OptionalLong.empty();
  }

  private OptionalLong pc(int thread) {
    if (thread == current()) {
      return OptionalLong.of(cpu.pc());
    }
    if (thread == 1) {
      return OptionalLong.of(cpu.root().get(Cp0Reg.EPC));
    }
    ThreadStatus status = status(thread);
    return status == null ? OptionalLong.empty() : OptionalLong.of(status.pc());
  }

  private long own(int number) {
    Cp0 cp0 = cpu.inGuest() ? cpu.guest() : cpu.root();
    return switch (number) {
      case TargetXml.STATUS -> cp0.read(Cp0Reg.STATUS);
      case TargetXml.LO -> cpu.accumulator(0);
      case TargetXml.HI -> cpu.accumulator(0) >>> 32;
      case TargetXml.BADVADDR -> cp0.read(Cp0Reg.BADVADDR);
      case TargetXml.CAUSE -> cp0.read(Cp0Reg.CAUSE);
      case TargetXml.FCSR -> inspector.fcsr();
      case TargetXml.FIR -> inspector.fir();
      default -> inspector.fpr(number - TargetXml.F0);
    };
  }

  /** Sets a register; false when {@code thread} does not have it in the core, or it is fixed. */
  boolean register(int thread, int number, long value) {
    if (number < 32) {
      cpu.gpr(inspector.shadowSet(context(thread)), number, (int) value);
      return true;
    }
    if (thread != current() || number == TargetXml.FIR || number == TargetXml.FCSR) {
      return false;
    }
    own(number, value);
    return true;
  }

  private void own(int number, long value) {
    Cp0 cp0 = cpu.inGuest() ? cpu.guest() : cpu.root();
    long low = value & 0xFFFF_FFFFL;
    switch (number) {
      case TargetXml.PC -> cpu.pc((int) value);
      case TargetXml.STATUS -> cp0.write(Cp0Reg.STATUS, (int) value);
      case TargetXml.CAUSE -> cp0.write(Cp0Reg.CAUSE, (int) value);
      case TargetXml.BADVADDR -> cp0.set(Cp0Reg.BADVADDR, (int) value);
      case TargetXml.LO -> cpu.accumulator(0, cpu.accumulator(0) & 0xFFFF_FFFF_0000_0000L | low);
      case TargetXml.HI -> cpu.accumulator(0, low << 32 | cpu.accumulator(0) & 0xFFFF_FFFFL);
      default -> inspector.fpr(number - TargetXml.F0, value);
    }
  }

  // --- memory

  /** Up to {@code length} bytes at a thread's virtual address, fewer where they end. */
  byte[] read(int thread, int va, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      OptionalInt pa = physical(thread, va + i);
      OptionalInt value = pa.isPresent() ? peek(pa.getAsInt()) : OptionalInt.empty();
      if (value.isEmpty()) {
        return java.util.Arrays.copyOf(bytes, i);
      }
      bytes[i] = (byte) value.getAsInt();
    }
    return bytes;
  }

  private OptionalInt peek(int pa) {
    Memory memory = bus.mapped(pa);
    if (memory != null) {
      return OptionalInt.of(memory.load(bus.offset(pa), 1));
    }
    if (pa - SystemBus.SFR_BASE >>> 20 != 0) {
      return OptionalInt.empty();
    }
    Register register = bus.register(pa & ~3);
    return OptionalInt.of(register == null ? 0 : register.value() >>> 8 * (pa & 3) & 0xFF);
  }

  /**
   * Writes memory, flash included, or special function registers, by words where it can.
   *
   * @return false when an address is not mapped
   */
  boolean write(int thread, int va, byte[] data) {
    int done = 0;
    while (done < data.length) {
      OptionalInt pa = physical(thread, va + done);
      int size = (va + done & 3) == 0 && data.length - done >= 4 ? 4 : 1;
      if (pa.isEmpty()
          || !poke(pa.getAsInt(), java.util.Arrays.copyOfRange(data, done, done + size))) {
        return false;
      }
      done += size;
    }
    return true;
  }

  private boolean poke(int pa, byte[] data) {
    try {
      if (bus.mapped(pa) != null) {
        bus.load(pa, data);
      } else {
        bus.write(pa, data.length, (int) Hex.littleEndian(Hex.text(data)));
      }
      return true;
    } catch (BusError e) {
      return false;
    }
  }

  private OptionalInt physical(int thread, int va) {
    int context = context(thread);
    if (context == CoreObserver.ROOT) {
      return inspector.physicalOfRoot(va);
    }
    OptionalInt guestPhysical = inspector.guestPhysical(context, va);
    if (guestPhysical.isEmpty()) {
      return guestPhysical;
    }
    OptionalInt pa = inspector.physicalOfGuest(context, guestPhysical.getAsInt());
    return pa.isPresent() ? pa : mapped(context, guestPhysical.getAsInt());
  }

  /** What the Java hypervisor would map when the guest touches it. */
  private OptionalInt mapped(int context, int guestPhysical) {
    VmMap map = view.maps().get(context);
    Integer pa = map == null ? null : map.physical(guestPhysical);
    return pa == null ? OptionalInt.empty() : OptionalInt.of(Objects.requireNonNull(pa));
  }
}
