package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vzrig.hypervisor.config.ConfigException;

/**
 * The attack guest tries every case of its list beside the polling guest: it gains nothing, and the
 * other guest keeps its beat.
 */
class AttackTest {
  private static final Pattern CASE = Pattern.compile("CASE\\(\\w+, \"(.*)\"\\)");
  private static final double BEAT_TOLERANCE = 0.12;

  static List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (String line : Files.readAllLines(TestRig.GUESTS.resolve("attack/cases.h"))) {
      Matcher matcher = CASE.matcher(line);
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  static Stream<Arguments> cases() throws IOException {
    List<String> names = names();
    return IntStream.range(0, names.size()).mapToObj(n -> Arguments.of(n, names.get(n)));
  }

  static Stream<Arguments> dmaCases() throws IOException {
    return cases().filter(c -> String.valueOf(c.get()[1]).startsWith("dma-"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void gainsNothing(int number, String name) throws ConfigException {
    attack("attack.config", number, name);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dmaCases")
  void gainsNothingThroughItsOwnDma(int number, String name) throws ConfigException {
    attack("attack-dma.config", number, name);
  }

  private static void attack(String configuration, int number, String name) throws ConfigException {
    TestRig rig = TestRig.of(configuration).until(0.6);
    rig.type("^E1%03d".formatted(number)).until(4.5);
    String text = rig.text();
    assertTrue(text.contains("trying " + name + "\n"), text);
    assertFalse(text.contains("GAINED"), text);
    if (name.equals("own-ram")) {
      assertTrue(text.contains("attack own-ram: blocked (own RAM works)"), text);
    }
    assertEnded(rig, name, text);
    assertBeat(rig.times('#', 0.6));
  }

  /** It says that it was blocked, or root has stopped it; only one case waits for ever. */
  private static void assertEnded(TestRig rig, String name, String text) {
    boolean stopped = rig.status(1).state() == ThreadStatus.State.FAULTED;
    assertEquals(stopped, text.contains("\nPANIC_THREAD: "), text);
    if (!stopped && !name.equals("wait-forever")) {
      assertTrue(text.contains("attack " + name + ": blocked"), text);
    }
    assertEquals(ThreadStatus.State.WAITING, rig.status(2).state());
  }

  private static void assertBeat(List<Double> beats) {
    assertEquals(4, beats.size(), beats::toString);
    for (int i = 1; i < beats.size(); i++) {
      assertEquals(1.0, beats.get(i) - beats.get(i - 1), BEAT_TOLERANCE, beats::toString);
    }
  }
}
