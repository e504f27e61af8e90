package org.vzrig.emulator.cpu;

import org.jspecify.annotations.Nullable;
import org.vzrig.emulator.bus.BusError;
import org.vzrig.emulator.bus.CpuBus;
import org.vzrig.emulator.bus.Memory;
import org.vzrig.emulator.bus.Sfr;

/**
 * Address translation in one or two stages (pic32mz-ef.md section 23.3), and the slow path of
 * loads, stores and fetches.
 *
 * <p>Guest: guest segment or guest TLB give a guest physical address, which the root TLB entries of
 * the GuestID translate. Root: segment or root TLB.
 */
final class Mmu {
  private static final int MODES = 8;
  private static final int SMALL_PAGE = 0x1000;

  /** So much of the memory on each side of an access is looked at. */
  private static final int WIDEST = 1 << 20;

  private static final int PAGEGRAIN_IEC = 1 << 27;

  /** What an access wants to do. */
  enum Access {
    LOAD,
    STORE,
    FETCH
  }

  private final Cpu cpu;
  private final CpuBus bus;
  private final transient SoftTlb[] modes = new SoftTlb[MODES];
  private transient int nextVictim;

  /** Size of the smallest page that the last translation went through. */
  private int granule;

  /** Guest's Status while its stage is looked at; root's otherwise. */
  Mmu(Cpu cpu, CpuBus bus) {
    this.cpu = cpu;
    this.bus = bus;
    for (int i = 0; i < MODES; i++) {
      modes[i] = new SoftTlb();
    }
  }

  // --- remembered translations

  /** The soft TLB of translation mode {@code key}. */
  SoftTlb mode(int key) {
    for (SoftTlb mode : modes) {
      if (mode.key == key) {
        return mode;
      }
    }
    SoftTlb victim = modes[nextVictim];
    nextVictim = (nextVictim + 1) % MODES;
    victim.flush();
    victim.key = key;
    return victim;
  }

  void flush() {
    cpu.leaveEngine(); // which may hold windows in locals
    for (SoftTlb mode : modes) {
      mode.flush();
    }
  }

  private void flushWrites() {
    cpu.leaveEngine();
    for (SoftTlb mode : modes) {
      mode.flushWrites();
    }
  }

  // --- translation

  /**
   * Physical address of {@code va} for {@code access}; throws the exception that hardware raises.
   */
  int translate(int va, Access access) {
    granule = 1 << 29;
    if (!cpu.guestMode) {
      return stage(cpu.root, cpu.rootTlb, va, access, cpu.rootGuestId(), !cpu.kernel, false);
    }
    int gpa = stage(cpu.guest, cpu.guestTlb, va, access, cpu.guestId(), !cpu.kernel, false);
    return rootStageOfGuest(gpa, access);
  }

  private int rootStageOfGuest(int gpa, Access access) {
    return mapped(cpu.root, cpu.rootTlb, gpa, access, cpu.guestId(), true);
  }

  private int stage(
      Cp0 cp0, Tlb tlb, int va, Access access, int guestId, boolean user, boolean guestPhysical) {
    if (user && va < 0) {
      throw addressError(va, access);
    }
    int segment = va >>> 29;
    if (segment == 4 || segment == 5) {
      return va & 0x1FFF_FFFF;
    }
    if (va >= 0 && cp0.has(Cp0Reg.STATUS, Status.ERL)) {
      return va;
    }
    return mapped(cp0, tlb, va, access, guestId, guestPhysical);
  }

  private int mapped(Cp0 cp0, Tlb tlb, int va, Access access, int guestId, boolean guestPhysical) {
    TlbEntry e = tlb.find(va, cp0.get(Cp0Reg.ENTRYHI) & 0xFF, guestId);
    if (e == null) {
      throw miss(va, access, guestPhysical, true);
    }
    int lo = e.half(va);
    check(cp0, lo, va, access, guestPhysical);
    granule = Math.min(granule, e.pageSize());
    return e.physical(lo, va, cp0.smallPages() ? 4 : 6);
  }

  private void check(Cp0 cp0, int lo, int va, Access access, boolean guestPhysical) {
    if ((lo & TlbEntry.V) == 0) {
      throw miss(va, access, guestPhysical, false);
    }
    if (access == Access.FETCH && (lo & TlbEntry.XI) != 0) {
      throw inhibited(cp0, ExcCode.TLBXI, va, access, guestPhysical);
    }
    if (access == Access.LOAD && (lo & TlbEntry.RI) != 0) {
      throw inhibited(cp0, ExcCode.TLBRI, va, access, guestPhysical);
    }
    if (access == Access.STORE && (lo & TlbEntry.D) == 0) {
      throw translation(ExcCode.MOD, va, access, guestPhysical);
    }
  }

  private CpuException inhibited(Cp0 cp0, int code, int va, Access access, boolean guestPhysical) {
    boolean own = cp0.has(Cp0Reg.PAGEGRAIN, PAGEGRAIN_IEC);
    return translation(own ? code : ExcCode.TLBL, va, access, guestPhysical);
  }

  private CpuException miss(int va, Access access, boolean guestPhysical, boolean refill) {
    int code = access == Access.STORE ? ExcCode.TLBS : ExcCode.TLBL;
    CpuException e = translation(code, va, access, guestPhysical);
    e.refill = refill;
    return e;
  }

  private CpuException translation(int code, int va, Access access, boolean guestPhysical) {
    CpuException e = cpu.raise(code).at(va);
    e.translation = true;
    e.fetch = access == Access.FETCH;
    if (guestPhysical) {
      e.root().guestCode = GExcCode.GPA;
    }
    return e;
  }

  private CpuException addressError(int va, Access access) {
    CpuException e = cpu.raise(access == Access.STORE ? ExcCode.ADES : ExcCode.ADEL).at(va);
    e.fetch = access == Access.FETCH;
    return e;
  }

  // --- slow path of data accesses

  int load(int va, int size) {
    DeviceTlb devices = cpu.soft.in;
    Sfr module = devices.module(va, size);
    if (module != null) {
      cpu.accessedDevice();
      return module.read(devices.physical(va), size);
    }
    cpu.watch.check(va, Watchpoints.LOAD);
    if ((va & size - 1) != 0) {
      throw addressError(va, Access.LOAD);
    }
    int pa = translate(va, Access.LOAD);
    cpu.probe.check(va, size, false);
    Memory memory = keeps(va) ? bus.memory(pa) : null;
    if (memory == null) {
      rememberDevice(cpu.soft.in, va, pa);
      return busRead(pa, size);
    }
    int offset = bus.offset(pa);
    cpu.soft.fillRead(va, memory.bytes, offset & SoftTlb.PAGE);
    widen(cpu.soft.read, va, pa, memory, false);
    cpu.soft.absorb();
    return memory.load(offset, size);
  }

  /** Offers a window the pages around {@code va} that the same translation reaches. */
  private void widen(Window window, int va, int pa, Memory memory, boolean store) {
    if (va >>> 30 != 2 || window.covers(va)) {
      return;
    }
    int page = va & SoftTlb.PAGE;
    int frame = pa & SoftTlb.PAGE;
    int below = run(page, frame, memory, store, -SMALL_PAGE);
    int above = run(page, frame, memory, store, SMALL_PAGE);
    int offset = (bus.offset(pa) & SoftTlb.PAGE) - below;
    window.offer(page - below, below + SMALL_PAGE + above, memory.bytes, offset, bus.writable(pa));
  }

  /** Bytes of pages beside {@code page} in one direction that may be accessed as it may. */
  private int run(int page, int pa, Memory memory, boolean store, int step) {
    int bytes = 0;
    int next = page + step;
    while (next >>> 30 == 2
        && bytes < WIDEST
        && continues(next, pa + next - page, memory, store)
        && bus.offset(pa + next - page) == bus.offset(pa) + next - page) {
      bytes += SMALL_PAGE;
      next += step;
    }
    return bytes;
  }

  /** Whether {@code va} is at {@code pa}, in {@code memory}, and may be remembered. */
  private boolean continues(int va, int pa, Memory memory, boolean store) {
    if (bus.memory(pa) != memory || !reaches(va, pa, store ? Access.STORE : Access.LOAD)) {
      return false;
    }
    int page = bus.offset(pa) >>> Memory.PAGE_SHIFT;
    return keeps(va) && (!store || bus.writable(pa) && memory.decoded[page] == null);
  }

  private boolean reaches(int va, int pa, Access access) {
    try {
      return translate(va, access) == pa;
    } catch (CpuException e) {
      return false;
    }
  }

  /** Whether the translation just made may be remembered for the fast path. */
  private boolean keeps(int va) {
    return granule >= SMALL_PAGE && !cpu.probe.watches(va) && !cpu.watch.watchesData(va);
  }

  private void rememberDevice(DeviceTlb devices, int va, int pa) {
    Sfr module = bus.module(pa);
    if (module != null && keeps(va)) {
      cpu.soft.fillDevice(devices, va, pa, module);
    }
  }

  private int busRead(int pa, int size) {
    cpu.accessedDevice();
    try {
      return bus.read(pa, size);
    } catch (BusError e) {
      throw cpu.raise(ExcCode.DBE).root();
    }
  }

  void store(int va, int size, int value) {
    DeviceTlb devices = cpu.soft.out;
    Sfr module = devices.module(va, size);
    if (module != null) {
      cpu.accessedDevice();
      module.write(devices.physical(va), size, value);
      return;
    }
    cpu.watch.check(va, Watchpoints.STORE);
    if ((va & size - 1) != 0) {
      throw addressError(va, Access.STORE);
    }
    int pa = translate(va, Access.STORE);
    cpu.probe.check(va, size, true);
    Memory memory = bus.writable(pa) ? bus.memory(pa) : null;
    if (memory == null) {
      rememberDevice(cpu.soft.out, va, pa);
      busWrite(pa, size, value);
      return;
    }
    storeMemory(va, pa, memory, size, value);
  }

  private void busWrite(int pa, int size, int value) {
    cpu.accessedDevice();
    try {
      bus.write(pa, size, value);
    } catch (BusError e) {
      throw cpu.raise(ExcCode.DBE).root();
    }
  }

  /**
   * Pages with decoded instructions stay off the fast path, so that a store into code is always
   * seen.
   */
  private void storeMemory(int va, int pa, Memory memory, int size, int value) {
    int offset = bus.offset(pa);
    Object decoded = memory.decoded[offset >>> Memory.PAGE_SHIFT];
    if (decoded == null) {
      memory.store(offset, size, value);
      if (keeps(va)) {
        cpu.soft.fillWrite(va, memory.bytes, offset & SoftTlb.PAGE);
        widen(cpu.soft.write, va, pa, memory, true);
        cpu.soft.absorb();
      }
      return;
    }
    cpu.accessedDevice();
    switch (size) {
      case 1 -> memory.bytes[offset] = (byte) value;
      case 2 -> Memory.HALF.set(memory.bytes, offset, (short) value);
      default -> Memory.WORD.set(memory.bytes, offset, value);
    }
    if (((CodePage) decoded).forget(offset)) {
      cpu.codeLost();
    }
  }

  // --- fetch

  /**
   * The decoded page that {@code pc} lies in; sets what the engine compares later addresses with.
   */
  CodePage fetch(int pc) {
    if ((pc & 3) == 2) {
      throw addressError(pc, Access.FETCH);
    }
    CodePage known = cpu.soft.exec(pc);
    if (known != null) {
      cpu.fetchBase = pc & (SoftTlb.PAGE | 1);
      return known.view(pc);
    }
    int pa = translate(pc & ~1, Access.FETCH);
    CodePage page = codePage(pa);
    if (page == null) {
      CpuException e = cpu.raise(ExcCode.IBE).root();
      e.fetch = true;
      throw e;
    }
    if (granule >= SMALL_PAGE && !cpu.watch.watchesFetches(pc)) {
      cpu.soft.fillExec(pc, page);
      cpu.fetchBase = pc & (SoftTlb.PAGE | 1);
    } else {
      // a page below 4 KiB or a watched one: looked up again for every instruction
      cpu.fetchBase = ~pc;
    }
    if (granule < SMALL_PAGE) {
      page = page.throughSmallPage((pa ^ pc) & 0xC00);
      page.view(pc).decode(pc);
    }
    return page.view(pc);
  }

  /** The page that {@code va} is fetched from, if that may be remembered; nothing is raised. */
  @Nullable CodePage codeAt(int va) {
    CodePage known = cpu.soft.exec(va);
    if (known != null) {
      return known;
    }
    try {
      fetch(va & ~3);
    } catch (CpuException e) {
      return null;
    }
    return cpu.soft.exec(va);
  }

  /** The second half of a microMIPS instruction, at the start of another page. */
  int fetchHalf(int va) {
    int pa = translate(va, Access.FETCH);
    Memory memory = bus.memory(pa);
    if (memory == null) {
      CpuException e = cpu.raise(ExcCode.IBE).root();
      e.fetch = true;
      throw e;
    }
    return memory.load(bus.offset(pa), 2) & 0xFFFF;
  }

  private @Nullable CodePage codePage(int pa) {
    Memory memory = bus.memory(pa);
    if (memory == null) {
      return null;
    }
    int page = bus.offset(pa) >>> Memory.PAGE_SHIFT;
    Object decoded = memory.decoded[page];
    if (decoded != null) {
      return (CodePage) decoded;
    }
    CodePage fresh = new CodePage(memory, page);
    memory.decoded[page] = fresh;
    memory.onCodeChanged((m, p) -> forgetAll(m.decoded[p]));
    flushWrites();
    return fresh;
  }

  private void forgetAll(@Nullable Object page) {
    if (page != null) {
      ((CodePage) page).forgetAll();
      cpu.codeLost();
    }
  }
}
