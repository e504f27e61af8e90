package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import org.junit.jupiter.api.Test;

/** Code that is rewritten and remapped for an hour leaves nothing behind. */
class ChurnTest {
  private static final int CODE = 0x8000_2000;
  private static final int UNCACHED = 0x2000_0000;
  private static final int ROUNDS = 900;
  private static final int MOST = 50;
  private static final int SIX_SECONDS = 1_200_000_000;

  @Test
  void anHourOfNewCodeKeepsMetaspaceAndHeapFlat() {
    TestCore core = new TestCore();
    core.cpu.translateEagerly(50, 1);
    core.cpu.keepRegions(MOST);
    int first = add(1);
    core.at(CODE, new Asm().op("addiu", 's', 2, 't', 2, 'i', 1).op("beq", 'i', -2).nop());
    long settled = 0;
    long heap = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      core.ram.store(CODE & 0x1FFF_FFFF, 4, first + round % 1000);
      core.cpu.pc(round % 2 == 0 ? CODE : CODE + UNCACHED);
      int before = core.r(2);
      core.run(600);
      assertEquals(0, (core.r(2) - before) % (1 + round % 1000), "round " + round);
      core.cpu.consume(SIX_SECONDS);
      if (round == ROUNDS / 2) {
        settled = metaspace();
        heap = heap();
      }
    }
    assertTrue(core.cpu.translations() >= ROUNDS, core.cpu.translations() + " translations");
    assertTrue(core.cpu.regions() <= MOST, core.cpu.regions() + " regions");
    assertTrue(metaspace() < settled + settled / 20, settled + " -> " + metaspace());
    assertTrue(heap() < heap + heap / 4, heap + " -> " + heap());
    assertTrue(
        ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount() > ROUNDS / 4,
        "classes of forgotten regions are unloaded");
  }

  private static int add(int value) {
    return new Asm().op("addiu", 's', 2, 't', 2, 'i', value).words().get(0);
  }

  private static long metaspace() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
