package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vzrig.hypervisor.config.ConfigException;
import org.vzrig.hypervisor.rt.TestRig.Sent;

/** The polling and the interrupt guest beside each other on a WiFire. */
class TwoGuestsTest {
  private static final double MILLISECOND = 0.001;

  /** A character may have to wait until root's mark has left the line. */
  private static final double MARK = 0.012;

  private TestRig rig;

  @BeforeEach
  void build() throws ConfigException {
    rig = TestRig.of("wifire.config");
  }

  @Test
  void rootSaysHowItStarts() {
    rig.until(0.5);
    String text = rig.text();
    assertTrue(
        text.startsWith(
            "Status=0x00400004, Cause=0x00000000, gp=0x00000000 sp=0x00000000"
                + " console_irq_rx=171 console_irq_tx=172\n"
                + "init_IRQ: priss=0xbf810010 *priss=0x00000000 SRSctl=0x1c000000\n"
                + "init_IRQ: EBase=0x9d000000\n"
                + "clock_time_multiplier=a, initial_wall_time=00:00:00.000 current_lcount=0\n"
                + "After init_IRQ...\n"
                + "It is printf\n"
                + "IntCtl=0x00000020\tG.IntCtl=0x00000000\n"
                + "DEVCFG3=86ffffff, DEVCFG2=fff9b11a, DEVCFG1=03743cb9, DEVCFG0=fffff7d7\n"),
        text);
    assertTrue(text.contains("SBT2REG0=00000048, SBT2RD0=00000001, SBT2WR0=00000001\n"));
    assertTrue(text.contains("SBT3REG0=00040048, SBT3RD0=00000001, SBT3WR0=00000001\n"));
  }

  @Test
  void guestsSeeTheChipAndTheirOwnCore() {
    rig.until(0.5);
    assertTrue(rig.text().contains("-\nDEVID   = 0720e053\nOSCCON  = 00001120\n"), rig.text());
    assertTrue(rig.text().contains("-\nConfig  = 80240482\nConfig1 = 9e9b0d9b\n"), rig.text());
    assertFalse(rig.text().contains("PANIC"));
  }

  @Test
  void linesEndWithLineFeedAndCarriageReturn() {
    rig.until(0.2);
    assertTrue(rig.raw().contains("init_IRQ: EBase=0x9d000000\n\r"));
    assertTrue(rig.raw().contains("\n\rOSCCON"));
  }

  @Test
  void thePollingGuestBeatsOnceASecond() {
    rig.until(10.5);
    assertPeriod(rig.times('#', 0.5), 1.0, MARK);
    assertPeriod(rig.edges("RG6").stream().filter(t -> t > 0.5).toList(), 1.0, MILLISECOND);
  }

  @Test
  void theInterruptGuestPrintsEveryThirdOfItsTenSteps() {
    rig.until(6);
    assertPeriod(rig.times('.', 0.6), 0.3, MARK);
    for (String pin : List.of("RB11", "RD4", "RG15")) {
      assertPeriod(rig.edges(pin).stream().filter(t -> t > 0.3).toList(), 0.3, MILLISECOND);
    }
    double first = rig.edges("RB11").get(1);
    assertEquals(first + 0.1, rig.edges("RD4").get(1), MILLISECOND);
    assertEquals(first + 0.2, rig.edges("RG15").get(1), MILLISECOND);
  }

  private static void assertPeriod(List<Double> times, double period, double tolerance) {
    assertTrue(times.size() > 3, () -> "too few: " + times);
    for (int i = 1; i < times.size(); i++) {
      assertEquals(period, times.get(i) - times.get(i - 1), tolerance, times::toString);
    }
  }

  @Test
  void theLineRunsAtItsBaudRate() {
    rig.until(0.05);
    List<Sent> sent = rig.sent();
    double character =
        (sent.get(300).cycle() - sent.get(100).cycle()) / 200.0 / rig.machine().sysclkHz();
    assertEquals(11 / 115_741.0, character, 1e-6);
  }

  @Test
  void rootMarksTimeAfterASecondAndThenEveryTwo() {
    rig.until(5.5);
    String text = rig.text();
    assertTrue(text.contains("\n|------- [00:00:01.000] --------|\n"), text);
    assertTrue(text.contains("\n|------- [00:00:03.000] --------|\n"), text);
    assertTrue(text.contains("\n|------- [00:00:05.000] --------|\n"), text);
    assertFalse(text.contains("[00:00:02"), text);
    assertTrue(text.contains("Cause=0x40801800 sp="), text);
  }

  @Test
  void inputGoesToTheGuestThatWasChosen() {
    rig.until(2.2).type("^E1=").until(3.2).type("^E2+").until(8);
    assertEquals(List.of(), rig.times('#', 3.5));
    assertEquals(List.of(), rig.times('.', 3.6));
    assertTrue(rig.times('=', 3.2).size() >= 4);
    assertTrue(rig.times('+', 3.2).size() >= 14);
  }

  @Test
  void theBellRingsForADigitWithoutGuestAndForAFullRing() {
    rig.until(1.2).type("^E5").run(0.05);
    assertEquals(1, rig.times('\u0007', 0).size());
    rig.type("^E1").run(0.01).type("12345678").run(0.05);
    assertEquals(2, rig.times('\u0007', 0).size());
  }

  @Test
  void commandsStopAndContinueAGuest() {
    rig.until(1.2);
    assertTrue(rig.answer("1s").contains("1s\nThread1: stopped\n"));
    assertEquals(ThreadStatus.State.STOPPED, rig.status(1).state());
    rig.until(6);
    assertEquals(List.of(), rig.times('#', 1.5));
    assertTrue(rig.times('.', 1.5).size() >= 12, "the other guest runs on");
    assertTrue(rig.answer("1c").contains("Thread1: continued\n"));
    rig.until(10);
    assertTrue(rig.times('#', 6.0).size() >= 3);
  }

  @Test
  void commandsRestartAGuestFromItsEntry() {
    rig.until(1.2);
    String answer = rig.answer("2r");
    assertTrue(answer.contains("2r\nThread2: restarted\n"), answer);
    assertTrue(answer.contains("-\nConfig  = 80240482\n"), answer);
    rig.until(3);
    assertTrue(rig.times('.', 1.5).size() >= 4);
  }

  @Test
  void commandsShowAThread() {
    rig.until(1.5);
    String answer = rig.answer("1q");
    assertTrue(
        answer.matches(
            "(?s).*Thread1: EPC=9fc0[0-9a-f]{4} SRSctl=[0-9a-f]{8} Context=[0-9a-f]{8}"
                + " gc2=00000000 Cause=[0-9a-f]{8} BVA=[0-9a-f]{8} BI=42000020;"
                + " thread_flags=00000000\n"
                + "Guest: EPC=[0-9a-f]{8} Status=10000000 Cause=[0-9a-f]{8} BVA=[0-9a-f]{8}"
                + " BI=[0-9a-f]{8}; InjectedIRQ=-1 TimeLateCnt=0\n"
                + "LastIRQ=255 255 255 255; Cause=27 [0-9]+ [0-9]+ [0-9]+; GCause=0 [0-9]+ [0-9]+"
                + " [0-9]+\n.*"),
        answer);
    assertTrue(rig.answer("2q").contains("LastIRQ=0 0 0 0; Cause="));
  }

  @Test
  void commandsShowTheRootTlb() {
    rig.until(1.5);
    String answer = rig.answer("T");
    assertTrue(
        answer.matches(
            "(?s)TEntryHI=0x[0-9a-f]{8} Lo0=0x[0-9a-f]{8} Lo1=0x[0-9a-f]{8} PM=0x[0-9a-f]{8}"
                + " PG=c8000000 IND=0x[0-9a-f]{8}\n.*"),
        answer);
    for (int i = 0; i < 16; i++) {
      assertTrue(answer.contains("TLB" + i + ": HI=0x"), answer);
    }
    assertTrue(answer.contains("HI=0x1fc00001 Lo0=0x0074041a"), answer);
  }

  @Test
  void commandsShowInterruptControllers() {
    rig.until(1.5);
    String answer = rig.answer("2I");
    assertTrue(
        answer.matches(
            "(?s)2I\nIFS:\n( [0-9a-f]{8}){7}\nIEC:\n( [0-9a-f]{8}){7}\nvmic IFS:\n"
                + "( [0-9a-f]{8}){7}\nvmic IEC:\n( [0-9a-f]{8}){7}\n.*"),
        answer);
  }

  @Test
  void commandsToggleTraces() {
    rig.until(1.2);
    assertTrue(rig.answer("2d").contains("Thread2: debug on\n"));
    assertTrue(rig.answer("i").contains("Thread2: interrupt trace on\n"));
    assertTrue(rig.answer("").contains("Thread2: interrupt 0, ipl 3\n"));
    assertTrue(rig.answer("i").contains("Thread2: interrupt trace off\n"));
    assertTrue(rig.answer("t").contains("Thread2: time trace on\n"));
    assertTrue(rig.answer("").contains("MTC0 COMPARE: "));
    assertTrue(rig.answer("t").contains("Thread2: time trace off\n"));
    assertTrue(rig.answer("e").contains("Thread2: exception trace on\n"));
    assertTrue(rig.answer("").contains("Thread2: exception 27, gcause=0\n"));
    assertTrue(rig.answer("e").contains("Thread2: exception trace off\n"));
    assertTrue(rig.answer("d").contains("Thread2: debug off\n"));
  }

  @Test
  void commandsDoNothingWithoutAThread() {
    rig.until(1.2);
    assertFalse(rig.answer("s").contains("stopped"));
    assertFalse(rig.answer("7s").contains("stopped"));
  }

  @Test
  void stateIsKnownFromOutside() {
    rig.until(1.5);
    assertEquals(ThreadStatus.State.WAITING, rig.status(1).state());
    assertTrue(rig.status(1).guest());
    assertEquals(0, rig.rig().hypervisor().lostCharacters());
  }
}
