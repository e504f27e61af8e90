package org.vzrig.hil.gpio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Lines of this computer, each through what suits it: see {@link GpioDriver#AUTO}. Nothing is
 * opened before the first line is.
 */
public final class HostLines implements GpioLines {
  private final GpioDriver driver;
  private final Path devices;
  private final SysfsChips sysfs;
  private final CharacterLines character;
  private @Nullable GpioLines gpiod;
  private @Nullable Pi4jLines linuxfs;
  private boolean refused;

  /** Lines through {@code driver}. */
  public HostLines(GpioDriver driver) {
    this(driver, GpioChips.DEVICES, new SysfsChips(SysfsChips.DIRECTORY));
  }

  HostLines(GpioDriver driver, Path devices, SysfsChips sysfs) {
    this.driver = driver;
    this.devices = devices;
    this.sysfs = sysfs;
    character = new CharacterLines(devices);
  }

  @Override
  public Output output(Wiring wiring, boolean high) throws IOException {
    return lines(wiring.line()).output(wiring, high);
  }

  @Override
  public Input input(Wiring wiring) throws IOException {
    return lines(wiring.line()).input(wiring);
  }

  /** The kernel's times come from character devices alone: Pi4J keeps them to itself. */
  @Override
  public Input watch(LineSpec line) throws IOException {
    boolean free = driver == GpioDriver.AUTO && !GpioChips.in(devices).isEmpty();
    return (free ? character : lines(line)).watch(line);
  }

  private synchronized GpioLines lines(LineSpec line) throws IOException {
    List<GpioChip> chips = GpioChips.in(devices);
    return switch (driver) {
      case CHARACTER -> character;
      case SYSFS -> throughSysfs();
      case PI4J -> throughPi4j(GpioChips.find(chips, line));
      case AUTO -> {
        if (chips.isEmpty() && sysfs.present()) {
          yield throughSysfs();
        }
        yield arm() && !chips.isEmpty() ? first(GpioChips.find(chips, line)) : character;
      }
    };
  }

  /** Pi4J has native code for these alone. */
  private static boolean arm() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return arch.equals("aarch64") || arch.equals("arm");
  }

  private GpioLines throughSysfs() throws IOException {
    if (!sysfs.present()) {
      throw new IOException(
          "this kernel has no GPIO lines in /sys/class/gpio, or they may not be used; the driver"
              + " character may find them");
    }
    Pi4jLines lines = linuxfs == null ? Pi4jLines.linuxfs(sysfs) : linuxfs;
    linuxfs = lines;
    return lines;
  }

  private GpioLines throughPi4j(GpioChip chip) throws IOException {
    if (!arm()) {
      throw new IOException("Pi4J's gpiod has native code for ARM alone; use the driver character");
    }
    if (gpiod == null || !Pi4jChip.OF_PROCESS.takes(chip)) {
      gpiod = Pi4jChip.OF_PROCESS.use(chip);
    }
    return gpiod;
  }

  /** Pi4J for the first chip, character devices for others and where Pi4J does not work. */
  private GpioLines first(GpioChip chip) {
    if (refused || !Pi4jChip.OF_PROCESS.takes(chip)) {
      return character;
    }
    try {
      return throughPi4j(chip);
    } catch (IOException e) {
      refused = true;
      Logger.warn("gpio: {}; lines are used without it", e.getMessage());
      return character;
    }
  }

  @Override
  public synchronized void close() {
    if (gpiod != null) {
      gpiod.close();
    }
    if (linuxfs != null) {
      linuxfs.close();
    }
    gpiod = null;
    linuxfs = null;
  }
}
