package org.vzrig.emulator.bus;

import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The physical address space of the chip: memories by 4 KiB pages, special function registers by
 * 256-byte granules, everything else a bus error.
 *
 * <p>Owned by the machine thread. An access allocates nothing and takes no lock.
 */
public final class SystemBus implements CpuBus {
  /** Physical address of the first special function register. */
  public static final int SFR_BASE = 0x1F80_0000;

  /** Size of the special function register space, bytes. */
  public static final int SFR_SIZE = 0x10_0000;

  static final int SFR_GRANULES = SFR_SIZE >>> 8;
  private static final int PAGES = 0x2000_0000 >>> Memory.PAGE_SHIFT;

  /** Told of every access by software to a special function register, for traces. */
  public interface SfrObserver {
    /** {@code size} bytes at {@code pa} were read as, or written with, {@code value}. */
    void accessed(int pa, int size, int value, boolean write);
  }

  /** An engine that keeps translations of addresses to memories. */
  @FunctionalInterface
  public interface TranslationUser {
    /** Mapping or permissions have changed: what {@link CpuBus#memory} answered no longer holds. */
    void flushTranslations();
  }

  private final @Nullable Memory[] pages = new Memory[PAGES];
  private final int[] offsets = new int[PAGES];
  private final boolean[] storable = new boolean[PAGES];
  private final Sfr[] granules = new Sfr[SFR_GRANULES];
  private final Unmodelled unmodelled;
  private AccessControl access = AccessControl.OPEN;
  private boolean cpuRestricted;
  private @Nullable SfrObserver observer;
  private TranslationUser user = () -> {};

  /**
   * An empty address space.
   *
   * @param names data sheet names of register addresses, for warnings
   * @param pc the PC now, for warnings
   */
  public SystemBus(IntFunction<String> names, IntSupplier pc) {
    unmodelled = new Unmodelled(names::apply, pc);
    java.util.Arrays.fill(granules, unmodelled);
  }

  /**
   * Maps {@code length} bytes of {@code memory} from {@code offset} at {@code pa}, all multiples of
   * 4 KiB; {@code stores} says whether the CPU and others write it directly.
   */
  public void map(int pa, Memory memory, int offset, int length, boolean stores) {
    for (int at = 0; at < length; at += 1 << Memory.PAGE_SHIFT) {
      int page = pa + at >>> Memory.PAGE_SHIFT;
      pages[page] = memory;
      offsets[page] = offset + at;
      storable[page] = stores;
    }
    user.flushTranslations();
  }

  /** Puts the registers of a module into the address space. */
  public void attach(RegisterBlock block) {
    for (int at = 0; at < block.size(); at += 256) {
      int granule = block.base() + at - SFR_BASE >>> 8;
      if (granules[granule] != unmodelled) {
        throw new IllegalStateException(
            String.format("two modules at %08X", SFR_BASE + (granule << 8)));
      }
      granules[granule] = block;
    }
    block.onMissing(unmodelled);
  }

  /** Sets the permission groups that every access passes. */
  public void access(AccessControl control) {
    access = control;
  }

  /**
   * The CPU's permissions have changed.
   *
   * @param restricted whether any target refuses the CPU anything; while false, its accesses are
   *     not checked
   */
  public void cpuPermissionsChanged(boolean restricted) {
    cpuRestricted = restricted;
    user.flushTranslations();
  }

  /** Sets the engine that must forget translations when mapping or permissions change. */
  public void onRemap(TranslationUser engine) {
    user = engine;
  }

  /** Sets who is told of register accesses by software; null for nobody. */
  public void observe(@Nullable SfrObserver sfrObserver) {
    observer = sfrObserver;
    user.flushTranslations();
  }

  /** Forgets values of registers without a model, as a reset does. */
  public void reset() {
    unmodelled.reset();
  }

  /** The module register at {@code pa} or its alias, or null when none is modelled there. */
  public @Nullable Register register(int pa) {
    if (pa - SFR_BASE >>> 20 != 0) {
      return null;
    }
    return granules[pa - SFR_BASE >>> 8] instanceof RegisterBlock block ? block.find(pa) : null;
  }

  @Override
  public int read(int pa, int size) {
    if (cpuRestricted && !access.allows(Initiator.CPU, pa, false)) {
      throw BusError.INSTANCE;
    }
    int sfr = pa - SFR_BASE;
    if (sfr >>> 20 == 0) {
      int value = granules[sfr >>> 8].read(pa, size);
      if (observer != null) {
        observer.accessed(pa, size, value, false);
      }
      return value;
    }
    return memoryAt(pa).load(offset(pa), size);
  }

  @Override
  public void write(int pa, int size, int value) {
    if (cpuRestricted && !access.allows(Initiator.CPU, pa, true)) {
      throw BusError.INSTANCE;
    }
    int sfr = pa - SFR_BASE;
    if (sfr >>> 20 == 0) {
      if (observer != null) {
        observer.accessed(pa, size, value, true);
      }
      granules[sfr >>> 8].write(pa, size, value);
    } else {
      store(pa, size, value);
    }
  }

  /**
   * Reads for an initiator other than the CPU.
   *
   * @throws BusError when nothing answers or the initiator's group may not read
   */
  public int read(Initiator who, int pa, int size) {
    if (!access.allows(who, pa, false)) {
      throw BusError.INSTANCE;
    }
    int sfr = pa - SFR_BASE;
    return sfr >>> 20 == 0
        ? granules[sfr >>> 8].read(pa, size)
        : memoryAt(pa).load(offset(pa), size);
  }

  /**
   * Writes for an initiator other than the CPU.
   *
   * @throws BusError when nothing answers or the initiator's group may not write
   */
  public void write(Initiator who, int pa, int size, int value) {
    if (!access.allows(who, pa, true)) {
      throw BusError.INSTANCE;
    }
    int sfr = pa - SFR_BASE;
    if (sfr >>> 20 == 0) {
      granules[sfr >>> 8].write(pa, size, value);
    } else {
      store(pa, size, value);
    }
  }

  /** Flash answers stores with a bus error: only the NVM controller programs it. */
  private void store(int pa, int size, int value) {
    Memory memory = memoryAt(pa);
    if (!storable[pa >>> Memory.PAGE_SHIFT]) {
      throw BusError.INSTANCE;
    }
    memory.store(offset(pa), size, value);
  }

  private Memory memoryAt(int pa) {
    Memory memory = mapped(pa);
    if (memory == null) {
      throw BusError.INSTANCE;
    }
    return memory;
  }

  /** The memory mapped at {@code pa}, whatever the permissions, or null. */
  public @Nullable Memory mapped(int pa) {
    return pa >>> 29 != 0 ? null : pages[pa >>> Memory.PAGE_SHIFT];
  }

  @Override
  public @Nullable Memory memory(int pa) {
    Memory memory = mapped(pa);
    if (memory == null || !cpuRestricted || access.pageAllows(Initiator.CPU, pa, false)) {
      return memory;
    }
    return null;
  }

  @Override
  public int offset(int pa) {
    int mask = (1 << Memory.PAGE_SHIFT) - 1;
    return offsets[pa >>> Memory.PAGE_SHIFT] + (pa & mask);
  }

  @Override
  public @Nullable Sfr module(int pa) {
    int sfr = pa - SFR_BASE;
    return sfr >>> 20 != 0 || cpuRestricted || observer != null ? null : granules[sfr >>> 8];
  }

  @Override
  public boolean writable(int pa) {
    return mapped(pa) != null
        && storable[pa >>> Memory.PAGE_SHIFT]
        && (!cpuRestricted || access.pageAllows(Initiator.CPU, pa, true));
  }

  /**
   * Copies {@code data} to {@code pa}, flash included and whatever the permissions, as a programmer
   * at the pins does.
   *
   * @throws BusError when a byte lies outside the memories
   */
  public void load(int pa, byte[] data) {
    int done = 0;
    while (done < data.length) {
      int at = pa + done;
      int room = (1 << Memory.PAGE_SHIFT) - (at & (1 << Memory.PAGE_SHIFT) - 1);
      int length = Math.min(room, data.length - done);
      Memory memory = Objects.requireNonNull(memoryAt(at));
      System.arraycopy(data, done, memory.bytes, offset(at), length);
      memory.changed(offset(at), length);
      done += length;
    }
  }
}
