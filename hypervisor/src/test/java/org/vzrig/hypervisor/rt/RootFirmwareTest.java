package org.vzrig.hypervisor.rt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;
import org.vzrig.boards.Pin;
import org.vzrig.boards.image.ImageReader;
import org.vzrig.boards.testing.RequiredTool;
import org.vzrig.emulator.machine.Machine;

/** The same two guests under the hypervisor in Java and under one in MIPS code, in root mode. */
class RootFirmwareTest {
  private static final double SECONDS = 20;
  private static final double TICK = 1;
  private static final String INPUT = "\u0005" + "2+";

  private final Machine machine = new Machine(Boards.WIFIRE);
  private final StringBuilder text = new StringBuilder();
  private final List<Double> textTimes = new ArrayList<>();
  private final List<TestRig.Edge> edges = new ArrayList<>();

  private void runFirmware() throws Exception {
    machine.load(ImageReader.read(Path.of("root/root.elf")));
    machine.uart(4).onTransmit(this::sent);
    machine.pins().onChange((cycle, pin, level) -> edges.add(new TestRig.Edge(cycle, pin, level)));
    machine.runTo(Math.round(SECONDS / 2 * machine.sysclkHz()));
    INPUT.chars().forEach(machine.uart(4)::receive);
    machine.runTo(Math.round(SECONDS * machine.sysclkHz()));
  }

  private void sent(long cycle, int value) {
    text.append((char) value);
    textTimes.add(cycle / (double) machine.sysclkHz());
  }

  private List<Double> times(char symbol) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == symbol) {
        times.add(textTimes.get(i));
      }
    }
    return times;
  }

  private List<Double> edges(Pin pin) {
    return edges.stream()
        .filter(e -> e.pin().equals(pin))
        .map(e -> e.cycle() / (double) machine.sysclkHz())
        .toList();
  }

  private static void assertTogether(List<Double> java, List<Double> mips, String what) {
    assertTrue(java.size() > SECONDS / 2 - 2, what + " hardly ever: " + java);
    assertEquals(java.size(), mips.size(), what);
    for (int i = 0; i < java.size(); i++) {
      assertEquals(java.get(i), mips.get(i), TICK, what + " number " + i);
    }
  }

  /** Every line a guest prints about the chip and the core, from its first dash on. */
  private static List<String> values(String log) {
    return log.replace("\r", "").lines().filter(l -> l.matches("\\w+ *= [0-9a-f]{8}")).toList();
  }

  @Test
  void guestsDoTheSameUnderBoth() throws Exception {
    runFirmware();
    TestRig rig = TestRig.of("wifire.config").until(SECONDS / 2).type(INPUT).until(SECONDS);
    assertEquals(14, values(rig.text()).size());
    assertEquals(values(rig.text()), values(text.toString()));
    for (char symbol : "#.+".toCharArray()) {
      assertTogether(rig.times(symbol, 0.1), times(symbol), String.valueOf(symbol));
    }
    for (String pin : List.of("RG6", "RB11", "RD4", "RG15")) {
      assertTogether(rig.edges(pin), edges(Pin.of(pin)), pin);
    }
  }

  @Test
  void theCommittedFirmwareIsWhatItsSourcesGive() throws Exception {
    RequiredTool.find("make", "make");
    RequiredTool.find("mipsel-linux-gnu-gcc", "gcc-mipsel-linux-gnu");
    Process make =
        new ProcessBuilder("make", "-s", "-C", "root", "check").redirectErrorStream(true).start();
    String output = new String(make.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, make.waitFor(), output);
  }
}
