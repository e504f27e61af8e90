package org.vzrig.hypervisor.rt.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IEC;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IFS;
import static org.vzrig.hypervisor.rt.core.InterruptUnit.IPC;

import java.util.Set;
import org.junit.jupiter.api.Test;

class VirtualIcTest {
  private final VirtualIc ic = new VirtualIc(Set.of(134, 9), Set.of(0, 171));

  private void prepare(int irq, int priority, int subpriority) {
    int iec = IEC + irq / 32 * 16;
    ic.word(iec, ic.word(iec) | 1 << irq);
    int ipc = IPC + irq / 4 * 16;
    ic.word(ipc, ic.word(ipc) | (priority << 2 | subpriority) << irq % 4 * 8);
    ic.raise(irq);
  }

  @Test
  void nothingIsPresentedAfterReset() {
    assertEquals(VirtualIc.NONE, ic.present());
    prepare(9, 3, 0);
    ic.reset();
    assertEquals(VirtualIc.NONE, ic.present());
  }

  @Test
  void flagEnableAndPriorityAreNeeded() {
    prepare(9, 3, 0);
    assertEquals(9, ic.present());
    ic.clear(9);
    assertEquals(VirtualIc.NONE, ic.present());
    ic.raise(9);
    ic.word(IEC, 0);
    assertEquals(VirtualIc.NONE, ic.present());
    ic.word(IEC, 1 << 9);
    ic.word(IPC + 2 * 16, 3 << 8);
    assertEquals(VirtualIc.NONE, ic.present(), "priority 0");
  }

  @Test
  void priorityThenSubpriorityThenTheLowestNumberDecide() {
    prepare(134, 4, 1);
    prepare(171, 4, 2);
    assertEquals(171, ic.present());
    prepare(9, 5, 0);
    assertEquals(9, ic.present());
    prepare(0, 5, 0);
    assertEquals(0, ic.present());
    assertEquals(5, ic.priority(0));
  }

  @Test
  void masksTellOwnedFromEmulated() {
    assertEquals(1 << 9, ic.owned(IFS));
    assertEquals(1, ic.emulated(IFS));
    assertEquals(1 << 134 % 32, ic.owned(IEC + 4 * 16));
    assertEquals(0x1F << 134 % 4 * 8, ic.owned(IPC + 134 / 4 * 16));
    assertEquals(0x1F << 171 % 4 * 8, ic.emulated(IPC + 171 / 4 * 16));
  }

  @Test
  void aliasesClearSetAndInvert() {
    assertEquals(0x5, VirtualIc.written(0xF, 0x00, 0x5));
    assertEquals(0xA, VirtualIc.written(0xF, 0x04, 0x5));
    assertEquals(0xF, VirtualIc.written(0xA, 0x08, 0x5));
    assertEquals(0x9, VirtualIc.written(0xC, 0x0C, 0x5));
  }

  @Test
  void flagsAreSingleBits() {
    ic.raise(171);
    assertTrue(ic.raised(171));
    assertFalse(ic.raised(170));
    assertEquals(1 << 171 % 32, ic.word(IFS + 5 * 16));
  }
}
