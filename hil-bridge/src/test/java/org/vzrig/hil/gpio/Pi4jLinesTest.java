package org.vzrig.hil.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.io.gpio.digital.DigitalInputConfig;
import com.pi4j.io.gpio.digital.DigitalOutputConfig;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalInputProviderImpl;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutput;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProviderImpl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Boards;

/** Lines through Pi4J's own mock of a board. */
class Pi4jLinesTest {
  private final Map<Integer, MockDigitalInput> inputs = new HashMap<>();
  private final Map<Integer, MockDigitalOutput> outputs = new HashMap<>();
  private final Pi4jLines lines =
      new Pi4jLines(new Inputs(), new Outputs(), LineSpec::offset, null);

  /** Keeps what it makes for the test. */
  private final class Inputs extends MockDigitalInputProviderImpl {
    @Override
    public MockDigitalInput create(DigitalInputConfig config) {
      assertEquals(0L, config.debounce(), "debounce is ours");
      MockDigitalInput input = (MockDigitalInput) super.create(config);
      inputs.put(config.address(), input);
      return input;
    }
  }

  /** The same for outputs. */
  private final class Outputs extends MockDigitalOutputProviderImpl {
    @Override
    public MockDigitalOutput create(DigitalOutputConfig config) {
      MockDigitalOutput output = (MockDigitalOutput) super.create(config);
      outputs.put(config.address(), output);
      return output;
    }
  }

  private static Wiring wiring(String text) {
    return Wiring.parse(Boards.WIFIRE, text);
  }

  @AfterEach
  void close() {
    lines.close();
  }

  private MockDigitalOutput output(int number) {
    return Objects.requireNonNull(outputs.get(number));
  }

  private boolean high(int number) {
    return output(number).state() == DigitalState.HIGH;
  }

  @Test
  void drivesOutputsFromTheirFirstLevelOn() throws IOException {
    GpioLines.Output led = lines.output(wiring("LD1=gpiochip0/17,low"), true);
    assertTrue(high(17));
    led.write(false);
    assertFalse(high(17));
    led.close();
    assertTrue(lines.output(wiring("LD1=gpiochip0/17"), true) != null, "can be taken again");
  }

  @Test
  void readsInputsAndSeesTheirEdges() throws IOException {
    try (GpioLines.Input button = lines.input(wiring("BTN1=gpiochip0/4"))) {
      assertFalse(button.read());
      Objects.requireNonNull(inputs.get(4)).mockState(DigitalState.HIGH);
      assertTrue(button.read());
      List<Boolean> edges = new ArrayList<>();
      assertEquals(1, button.edges((nanos, high) -> edges.add(high)));
      assertEquals(0, button.edges((nanos, high) -> edges.add(high)));
      assertEquals(List.of(true), edges);
    }
  }

  @Test
  void refusesALineThatIsTaken() throws IOException {
    lines.output(wiring("LD1=gpiochip0/17"), false);
    var output =
        assertThrows(IOException.class, () -> lines.output(wiring("LD2=gpiochip0/17"), false));
    var input = assertThrows(IOException.class, () -> lines.input(wiring("BTN1=gpiochip0/17")));
    assertEquals(List.of("in use", "in use"), List.of(message(output), message(input)));
  }

  private static String message(IOException e) {
    return String.valueOf(e.getMessage());
  }

  @Test
  void saysWhatItKnowsOfALineThatIsNotToBeHad() {
    var chip = new Pi4jLines.OneChip(Path.of("/nonexistent/gpiochip0"));
    var busy = new IOException("in use");
    assertSame(busy, chip.refused(17, busy), "no kernel knows who has it");
    var broken = new IOException("broken");
    assertSame(broken, chip.refused(17, broken));
  }

  @Test
  void leavesThePinBridgesSafeLevelAloneWhenItShutsDown() throws IOException {
    List<String> seen = new ArrayList<>();
    GpioLines.Output led = lines.output(wiring("LD1=gpiochip0/17,low"), false);
    output(17).addListener(event -> seen.add(event.state().getName()));
    led.write(true);
    led.close();
    lines.close();
    assertEquals(List.of("HIGH"), seen);
  }
}
