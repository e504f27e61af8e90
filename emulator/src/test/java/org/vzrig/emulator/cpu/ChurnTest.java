package org.vzrig.emulator.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Code that is rewritten and remapped for a long time leaves nothing behind. {@code
 * -Dvzrig.churn.seconds=3600} makes it an hour of virtual time, in which the core executes all the
 * time.
 */
class ChurnTest {
  private static final int CODE = 0x8000_2000;
  private static final int UNCACHED = 0x2000_0000;
  private static final int MOST = 50;
  private static final int ROUND = 20_000_000;
  private static final int ROUNDS_A_SECOND = 10;
  private static final int ROUNDS = ROUNDS_A_SECOND * Integer.getInteger("vzrig.churn.seconds", 30);

  @Test
  @Timeout(value = 6, unit = TimeUnit.HOURS)
  void newCodeKeepsMetaspaceAndHeapFlat() {
    TestCore core = new TestCore();
    core.cpu.translateEagerly(50, 1);
    core.cpu.keepRegions(MOST);
    int first = add(1);
    core.at(CODE, new Asm().op("addiu", 's', 2, 't', 2, 'i', 1).op("beq", 'i', -2).nop());
    long settled = 0;
    long heap = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      core.ram.store(CODE & 0x1FFF_FFFF, 4, first + round % 100);
      core.cpu.pc(round % 2 == 0 ? CODE : CODE + UNCACHED);
      int before = core.r(2);
      core.run(ROUND);
      assertEquals(0, (core.r(2) - before) % (1 + round % 100), "round " + round);
      if (round == ROUNDS / 4) {
        settled = metaspace();
        heap = heap();
      }
    }
    System.out.printf(
        "%d s of rewritten code: %d translations, metaspace %d to %d KiB, heap %d to %d KiB%n",
        ROUNDS / ROUNDS_A_SECOND,
        core.cpu.translations(),
        settled >> 10,
        metaspace() >> 10,
        heap >> 10,
        heap() >> 10);
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
