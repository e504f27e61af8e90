package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vzrig.hypervisor.config.ConfigException;

/** A guest that does what it must not is reported and stopped; a command brings it back. */
class FaultTest {
  private static final String RAM_READ = "^E1001";

  @Test
  void theReportHasTheStateOfCoreAndThread() throws ConfigException {
    TestRig rig = TestRig.of("attack.config").until(0.6).type(RAM_READ).run(0.5);
    String text = rig.text();
    String report = text.substring(text.indexOf("\nPANIC_THREAD: "));
    assertTrue(
        report.matches(
            "(?s)\nPANIC_THREAD: TLB exception - bad address\n"
                + "Phys:   EPC=9fc0[0-9a-f]{4} Status=[0-9a-f]{8} Cause=[0-9a-f]{8}"
                + " SRSctl=[0-9a-f]{8} Context=[0-9a-f]{8} ErrEPC=[0-9a-f]{8}\n"
                + "\tGuestCtl0=bd00002[89] GC1=00010001 GC2=03000200 GC3=00000001"
                + " GC0Ext=000000[0-9a-f]{2} BadVA=0000[0-9a-f]{4} BadInstP=[0-9a-f]{8}"
                + " BadInst=8c[0-9a-f]{6}\n"
                + "\tNestedEPC=.* EXC=.* SP=.* FP=.* GP=.* RA=.* KSCR0=.* KSCR1=[^\n]*\n"
                + "Exfr: EPC=[^\n]* GCtl0=[^\n]*\n"
                + "Guest:  EPC=[^\n]* Ebase=9fc00000 ErrEPC=[^\n]*\n"
                + "Thread1: SRS=1 gid=1 IRQ=171 IPL=3\n"
                + "\tGuest:  EPC=[^\n]*\n"
                + "EntryHI=[^\n]*\nTLB0: .*"),
        report);
  }

  @Test
  void theGuestIsStoppedAndOthersRunOn() throws ConfigException {
    TestRig rig = TestRig.of("attack.config").until(0.6).type(RAM_READ).until(5);
    assertEquals(ThreadStatus.State.FAULTED, rig.status(1).state());
    assertEquals("TLB exception - bad address", rig.status(1).fault());
    assertEquals(4, rig.times('#', 0.6).size());
    assertEquals(1, rig.text().split("PANIC_THREAD", -1).length - 1);
  }

  @Test
  void aRestartBringsItBack() throws ConfigException {
    TestRig rig = TestRig.of("attack.config").until(0.6).type(RAM_READ).run(0.6);
    String answer = rig.answer("^E01r");
    assertTrue(answer.contains("Thread1: restarted\n"), answer);
    assertTrue(answer.contains("ready\n"), answer);
    assertTrue(rig.answer("^E1000").contains("attack own-ram: blocked (own RAM works)"));
  }

  @Test
  void aGuestThatSpinsLeavesTheOtherItsBeat() throws ConfigException {
    TestRig rig = TestRig.of("attack.config").until(0.6).type("^E1103").until(2.4);
    assertEquals(2, rig.times('#', 0.6).size(), rig.text());
    assertEquals(ThreadStatus.State.WAITING, rig.status(2).state());
  }
}
