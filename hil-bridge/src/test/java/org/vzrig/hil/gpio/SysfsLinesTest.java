package org.vzrig.hil.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.boards.Boards;

/** Pi4J's linuxfs over files that look as the kernel's, and the choice between ways to a line. */
class SysfsLinesTest {
  private static final int BASE = 512;

  @TempDir Path root;
  private Path sysfs;
  private Path devices;

  @BeforeEach
  void makeChip() throws IOException {
    sysfs = Files.createDirectories(root.resolve("sys/class/gpio"));
    devices = Files.createDirectories(root.resolve("dev"));
    Path device = Files.createDirectories(root.resolve("sys/devices/pinctrl"));
    Files.createDirectories(device.resolve("gpiochip3"));
    Path chip = Files.createDirectories(device.resolve("gpio/gpiochip" + BASE));
    Files.writeString(chip.resolve("base"), BASE + "\n");
    Files.writeString(chip.resolve("ngpio"), "8\n");
    Files.writeString(chip.resolve("label"), "pinctrl-lab\n");
    Files.createSymbolicLink(sysfs.resolve("gpiochip" + BASE), chip);
    for (String file : new String[] {"export", "unexport"}) {
      Files.createFile(sysfs.resolve(file));
    }
    for (int n = 0; n < 8; n++) {
      Path line = Files.createDirectories(sysfs.resolve("gpio" + (BASE + n)));
      Files.writeString(line.resolve("direction"), "in");
      Files.writeString(line.resolve("value"), "0");
      Files.writeString(line.resolve("edge"), "none");
    }
  }

  private String text(int line, String file) throws IOException {
    return Files.readString(sysfs.resolve("gpio" + (BASE + line)).resolve(file)).strip();
  }

  private static Wiring wiring(String text) {
    return Wiring.parse(Boards.WIFIRE, text);
  }

  private HostLines lines(GpioDriver driver) {
    return new HostLines(driver, devices, new SysfsChips(sysfs));
  }

  @Test
  void findsLinesByLabelAndByTheNameOfTheCharacterDevice() throws IOException {
    SysfsChips chips = new SysfsChips(sysfs);
    assertEquals(BASE + 5, chips.of(LineSpec.parse("gpiochip:pinctrl-lab/5")));
    assertEquals(BASE + 5, chips.of(LineSpec.parse("gpiochip3/5")));
    assertThrows(IOException.class, () -> chips.of(LineSpec.parse("gpiochip3/8")));
  }

  @Test
  void usesItWhereThereAreNoCharacterDevices() throws IOException {
    try (HostLines lines = lines(GpioDriver.AUTO)) {
      try (GpioLines.Output led = lines.output(wiring("LD1=gpiochip3/2"), true)) {
        assertEquals("out", text(2, "direction"));
        assertEquals("1", text(2, "value"));
        led.write(false);
        assertEquals("0", text(2, "value"));
      }
      try (GpioLines.Input button = lines.input(wiring("BTN1=gpiochip3/4"))) {
        assertFalse(button.read());
        Files.writeString(sysfs.resolve("gpio516/value"), "1");
        assertTrue(button.read());
      }
    }
    assertEquals("516", Files.readString(sysfs.resolve("unexport")).strip());
  }

  @Test
  void leavesNoLineTakenThatCannotBeUsed() throws IOException {
    Path edge = sysfs.resolve("gpio514/edge");
    Files.delete(edge);
    Files.createDirectory(edge); // refuses what Pi4J writes to it
    try (HostLines lines = lines(GpioDriver.SYSFS)) {
      IOException refused =
          assertThrows(IOException.class, () -> lines.output(wiring("LD1=gpiochip3/2"), false));
      assertTrue(String.valueOf(refused.getMessage()).contains("driver character"));
    }
    assertEquals("514", Files.readString(sysfs.resolve("unexport")).strip());
  }

  @Test
  void saysWhatIsMissing() throws IOException {
    Path empty = Files.createDirectories(root.resolve("empty"));
    try (HostLines none = new HostLines(GpioDriver.AUTO, empty, new SysfsChips(empty))) {
      assertTrue(refused(none).contains("this computer has no GPIO chips"), refused(none));
    }
    try (HostLines none = new HostLines(GpioDriver.SYSFS, empty, new SysfsChips(empty))) {
      assertTrue(refused(none).contains("/sys/class/gpio"), refused(none));
    }
  }

  private static String refused(HostLines lines) {
    return String.valueOf(
        assertThrows(IOException.class, () -> lines.output(wiring("LD1=gpiochip0/1"), false))
            .getMessage());
  }
}
