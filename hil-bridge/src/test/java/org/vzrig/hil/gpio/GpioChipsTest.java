package org.vzrig.hil.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which chip a user means, and what is said where there is none. */
class GpioChipsTest {
  private static final GpioChip FIRST = new GpioChip("gpiochip0", "pinctrl-bcm2711", 58, "");
  private static final GpioChip SECOND = new GpioChip("gpiochip1", "expander", 8, "");
  private static final GpioChip TWIN = new GpioChip("gpiochip2", "expander", 8, "");
  private static final GpioChip DENIED =
      new GpioChip("gpiochip3", "", 0, "permission denied for /dev/gpiochip3: join its group");

  @TempDir Path devices;

  private static String wrong(List<GpioChip> chips, String line) {
    LineSpec spec = LineSpec.parse(line);
    return String.valueOf(
        assertThrows(IOException.class, () -> GpioChips.find(chips, spec)).getMessage());
  }

  @Test
  void findsChipsByNameAndByLabel() throws IOException {
    List<GpioChip> chips = List.of(FIRST, SECOND);
    assertEquals(SECOND, GpioChips.find(chips, LineSpec.parse("gpiochip1/7")));
    assertEquals(FIRST, GpioChips.find(chips, LineSpec.parse("gpiochip:pinctrl-bcm2711/57")));
  }

  @Test
  void saysWhatIsThereInstead() {
    assertEquals(
        "no such chip; there are gpiochip0 (pinctrl-bcm2711), gpiochip1 (expander)",
        wrong(List.of(FIRST, SECOND), "gpiochip:nothing/1"));
    assertEquals(
        "expected a line from 0 to 7 of gpiochip1 (expander), found 8",
        wrong(List.of(FIRST, SECOND), "gpiochip1/8"));
    assertEquals(
        "expected one chip with this label, found gpiochip1, gpiochip2: use a name",
        wrong(List.of(SECOND, TWIN), "gpiochip:expander/1"));
    assertEquals(DENIED.problem(), wrong(List.of(FIRST, DENIED), "gpiochip3/1"));
    assertTrue(
        wrong(List.of(FIRST, DENIED), "gpiochip:expander/1").endsWith(DENIED.problem()),
        "the label that is looked for may be the one that cannot be read");
    assertTrue(wrong(List.of(), "gpiochip0/1").contains("--gpio mock"));
  }

  @Test
  void looksAtDevicesInTheOrderOfTheirNumbers() throws IOException {
    Files.createFile(devices.resolve("gpiochip10"));
    Files.createFile(devices.resolve("gpiochip9"));
    Files.createFile(devices.resolve("tty0"));
    List<GpioChip> chips = GpioChips.in(devices);
    assertEquals(List.of("gpiochip9", "gpiochip10"), chips.stream().map(GpioChip::name).toList());
    assertEquals(devices.resolve("gpiochip9") + " is not a GPIO chip", chips.getFirst().problem());
    assertEquals(List.of(), GpioChips.in(devices.resolve("none")));
  }
}
