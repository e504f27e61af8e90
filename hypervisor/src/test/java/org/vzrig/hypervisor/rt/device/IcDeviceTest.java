package org.vzrig.hypervisor.rt.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.BASE;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.CLR;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IEC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IFS;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.INTSTAT;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.INV;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IPC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.OFF;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.SET;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.hypervisor.layout.VmMap;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.core.InterruptUnit;
import org.vzrig.hypervisor.rt.exit.Access;
import org.vzrig.hypervisor.rt.exit.GuestFault;
import org.vzrig.hypervisor.rt.sched.VmThread;

/** The guest's interrupt controller over the real one of the emulated chip. */
class IcDeviceTest {
  private static final int LW = 35;
  private static final int SB = 40;
  private static final int SW = 43;

  /** Timer 2, in word 0, belongs to the guest; the core timer is emulated. */
  private static final int OWNED = 9;

  private static final int OWNED_BIT = 1 << OWNED;

  /** Timer 1, which belongs to somebody else. */
  private static final int FOREIGN_BIT = 1 << 4;

  private final Machine machine = new Machine(Boards.WIFIRE);
  private final InterruptUnit chip = new InterruptUnit(new Core(machine.cpu(), machine.bus()));
  private final List<String> told = new ArrayList<>();
  private final VmThread thread =
      new VmThread(
          new VmThread.Setup(1, true, 0, 0, false, 0, false),
          new VirtualIc(Set.of(OWNED), Set.of(0)),
          new VmMap(List.of()));
  private final IcDevice device = new IcDevice(chip, new Recorder());

  private final class Recorder implements Interrupts {
    @Override
    public void update(VmThread updated) {
      told.add("update");
    }

    @Override
    public void raise(VmThread raised, int irq) {
      told.add("raise " + irq);
    }

    @Override
    public void noticeTimer(VmThread noticed) {}

    @Override
    public void flagsCleared(VmThread cleared, int word, int bits) {
      told.add("cleared %d %08x".formatted(word, bits));
    }
  }

  private static Access access(int opcode, int offset) {
    return Access.of(opcode << 26, BASE + offset);
  }

  private int load(int offset) {
    return device.load(thread, access(LW, offset));
  }

  private void store(int offset, int value) {
    device.store(thread, access(SW, offset), value);
  }

  @Test
  void enablesPassThroughForOwnSourcesOnly() {
    store(IEC + SET, OWNED_BIT | FOREIGN_BIT | 1);
    assertEquals(OWNED_BIT | 1, load(IEC));
    assertEquals(OWNED_BIT, chip.read(IEC));
    store(IEC, 0);
    assertEquals(0, load(IEC));
    assertEquals(0, chip.read(IEC));
  }

  @Test
  void enablesOfOthersStayAsTheyAre() {
    chip.write(IEC + SET, FOREIGN_BIT);
    store(IEC, -1);
    store(IEC + CLR, -1);
    store(IEC + INV, -1);
    assertEquals(FOREIGN_BIT, chip.read(IEC) & FOREIGN_BIT);
    assertEquals(0, load(IEC) & FOREIGN_BIT);
  }

  @Test
  void aDeliveredSourceIsEnabledAgainWhenItsFlagIsCleared() {
    store(IEC + SET, OWNED_BIT);
    chip.mask(OWNED);
    thread.ic().raise(OWNED);
    store(IEC + SET, OWNED_BIT);
    assertEquals(0, chip.read(IEC), "still being delivered");
    assertEquals(OWNED_BIT, load(IFS));
    store(IFS + CLR, OWNED_BIT);
    assertEquals(OWNED_BIT, chip.read(IEC));
    assertEquals(0, load(IFS));
    assertEquals("cleared 0 00000200", told.get(told.size() - 2));
  }

  @Test
  void flagsOfTheChipShowForOwnSourcesOnly() {
    chip.write(IFS + SET, OWNED_BIT | FOREIGN_BIT);
    assertEquals(OWNED_BIT, load(IFS));
    store(IFS, 0);
    assertEquals(FOREIGN_BIT, chip.read(IFS) & (FOREIGN_BIT | OWNED_BIT));
  }

  @Test
  void emulatedFlagsLiveWithTheGuestOnly() {
    store(IFS + SET, 1);
    assertEquals(1, load(IFS));
    assertEquals(0, chip.read(IFS) & 1);
    assertEquals("update", told.getLast());
    store(IFS + INV, 1);
    assertEquals(0, load(IFS));
  }

  @Test
  void prioritiesStopBelowRootsOwn() {
    int ipc = IPC + OWNED / 4 * 16;
    int shift = OWNED % 4 * 8;
    int before = chip.read(ipc) & ~(0x1F << shift);
    store(ipc, -1);
    assertEquals(0x1B << shift, load(ipc));
    assertEquals(before | 0x1B << shift, chip.read(ipc));
    store(ipc + CLR, 0x1F << shift);
    store(ipc + SET, 0x0D << shift);
    assertEquals(before | 0x0D << shift, chip.read(ipc));
  }

  @Test
  void vectorOffsetsAreTheGuestsOwn() {
    store(OFF + OWNED * 4, 0x240);
    assertEquals(0x240, load(OFF + OWNED * 4));
    device.store(thread, access(SB, OFF + OWNED * 4 + 1), 0x3);
    assertEquals(0x340, thread.ic().vectorOffset(OWNED));
    assertEquals(0, chip.read(OFF + OWNED * 4));
  }

  @Test
  void headRegistersAreTheGuestsOwn() {
    store(0, 0x1000);
    store(SET, 1);
    assertEquals(0x1001, load(0));
    assertEquals(0, chip.read(0));
    assertEquals(-1, load(INTSTAT), "no interrupt taken yet");
    store(INTSTAT, 0);
    assertEquals(-1, load(INTSTAT));
  }

  @Test
  void otherAccessesAreFaults() {
    assertThrows(GuestFault.class, () -> device.store(thread, access(SB, IEC), 1));
    assertThrows(GuestFault.class, () -> device.load(thread, access(32, IFS)));
    assertThrows(GuestFault.class, () -> store(0xFF0, 1));
    assertThrows(GuestFault.class, () -> load(0x898));
  }

  @Test
  void whateverAGuestWritesOthersKeepTheirBits() {
    Random random = new Random(4711);
    chip.write(IEC + SET, FOREIGN_BIT);
    for (int i = 0; i < 20_000; i++) {
      store(IFS + random.nextInt(OFF - IFS) & ~3, random.nextInt());
    }
    assertEquals(FOREIGN_BIT, chip.read(IEC) & ~OWNED_BIT);
    for (int word = 1; word < InterruptUnit.WORDS; word++) {
      assertEquals(0, chip.read(IEC + word * 16));
      assertEquals(0, load(IEC + word * 16));
    }
    for (int irq = 0; irq < InterruptUnit.SOURCES; irq += 4) {
      int mine = irq == OWNED / 4 * 4 ? 0x1F << OWNED % 4 * 8 : 0;
      assertEquals(0, chip.read(IPC + irq * 4) & ~mine, "IPC" + irq / 4);
    }
  }
}
