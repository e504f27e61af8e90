package org.vzrig.hypervisor.rt.console;

import java.util.List;
import org.vzrig.hypervisor.rt.core.Core;
import org.vzrig.hypervisor.rt.core.InterruptUnit;

/** The system bus's report of denied accesses (interrupt 106). */
public final class BusViolations {
  /** The system bus's interrupt. */
  public static final int IRQ = 106;

  private static final int SBFLAG = 0x1F8F0510;
  private static final int TARGETS = 0x1F8F8000;
  private static final int ELOG1 = 0x20;
  private static final int ELOG2 = 0x24;
  private static final int ECON = 0x28;
  private static final int ECLRM = 0x38;
  private static final int ERRP = 1 << 24;
  private static final int PRIORITY = 0x1F;

  private static final List<String> TARGET_NAMES =
      List.of(
          "System Bus registers",
          "Flash or Prefetch registers",
          "RAM bank 0-256KB",
          "RAM bank 256KB-512KB",
          "EBI memory",
          "P.Set 1 registers",
          "P.Set 2 (SPI,I2C,UART,PMP)",
          "P.Set 3 (Timer,IC/OC/ADC,Comparator)",
          "P.Set 4 (PORTA-PORTK)",
          "P.Set 5 (CAN,Ethernet)",
          "USB",
          "SQI memory",
          "Crypto registers",
          "Random registers");

  private static final List<String> INITIATOR_NAMES =
      List.of(
          "id 0",
          "CPU LRS",
          "CPU HIGH",
          "DMA Read LRS",
          "DMA Read HIGH",
          "DMA Write LRS",
          "DMA Write HIGH",
          "USB",
          "Ethernet Read",
          "Ethernet Write",
          "CAN1",
          "CAN2",
          "SQI1",
          "Flash",
          "Crypto",
          "ID15");

  private final Core core;
  private final InterruptUnit interrupts;
  private final RootConsole console;

  /** Reports to {@code console}. */
  public BusViolations(Core core, InterruptUnit interrupts, RootConsole console) {
    this.core = core;
    this.interrupts = interrupts;
    this.console = console;
  }

  /** Forgets old violations and lets new ones interrupt. */
  public void open() {
    for (int target = 0; target < TARGET_NAMES.size(); target++) {
      forget(target);
      core.write(register(target, ECON), ERRP);
    }
    interrupts.priority(IRQ, PRIORITY);
    interrupts.unmask(IRQ);
  }

  private void forget(int target) {
    core.write(register(target, ELOG1), -1);
    core.read(register(target, ECLRM));
  }

  private static int register(int target, int offset) {
    return TARGETS + target * 0x400 + offset;
  }

  /** The interrupt has come. */
  public void report() {
    int flags = core.read(SBFLAG);
    console.print("SBA: access violation, SBFLAG=%08x:\n", flags);
    for (int target = 0; target < TARGET_NAMES.size(); target++) {
      if ((flags >>> target & 1) != 0) {
        int log = core.read(register(target, ELOG1));
        console.print(
            "SBA: %s <-- %s, SBTxELOG1=%08x SBTxELOG2=%x\n",
            TARGET_NAMES.get(target),
            INITIATOR_NAMES.get(log >>> 8 & 0xF),
            log,
            core.read(register(target, ELOG2)));
        forget(target);
      }
    }
    interrupts.acknowledge(IRQ);
  }
}
