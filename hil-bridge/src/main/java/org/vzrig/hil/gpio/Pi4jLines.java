package org.vzrig.hil.gpio;

import com.pi4j.Pi4J;
import com.pi4j.boardinfo.definition.BoardModel;
import com.pi4j.boardinfo.util.BoardInfoHelper;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalInput;
import com.pi4j.io.gpio.digital.DigitalInputProvider;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputProvider;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.linuxfs.provider.gpio.digital.LinuxFsDigitalInputProvider;
import com.pi4j.plugin.linuxfs.provider.gpio.digital.LinuxFsDigitalOutputProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lines through Pi4J. Providers are named here, not searched for; its shutdown hook is off, because
 * outputs are left at their safe level before; its debounce is off, because inputs are debounced by
 * {@link Debouncer}. Pi4J has a thread for each input, and none else.
 */
public final class Pi4jLines implements GpioLines {
  private static final String IN_USE = "in use";
  private static final String INPUT = "vzrig-in-";
  private static final String OUTPUT = "vzrig-out-";

  private final Context context;
  private final Address address;

  /** Turns a line into the number by which a provider knows it. */
  @FunctionalInterface
  interface Address {
    int of(LineSpec line) throws IOException;

    /** Says why line {@code number} was not to be had, and tidies up behind the provider. */
    default IOException refused(int number, IOException why) {
      return why;
    }
  }

  /**
   * Lines of one chip by their numbers in it. Pi4J does not say who uses a line; the kernel does.
   *
   * @param device the chip's device
   */
  record OneChip(Path device) implements Address {
    @Override
    public int of(LineSpec line) {
      return line.offset();
    }

    @Override
    public IOException refused(int number, IOException why) {
      if (!IN_USE.equals(why.getMessage())) {
        return why;
      }
      try (ChipDevice chip = ChipDevice.open(device)) {
        return new IOException(IN_USE + " by " + chip.consumer(number), why);
      } catch (IOException e) {
        return why;
      }
    }
  }

  Pi4jLines(
      DigitalInputProvider inputs,
      DigitalOutputProvider outputs,
      Address address,
      @Nullable String chip) {
    var builder = Pi4J.newContextBuilder().noAutoDetect().disableShutdownHook();
    if (chip != null) {
      builder.setGpioChipName(chip);
    }
    context = builder.add(inputs, outputs).build();
    this.address = address;
  }

  /**
   * Lines of {@code chip} through the provider gpiod. A process can have one of these at a time,
   * see {@link Pi4jChip}.
   *
   * @throws IOException when Pi4J has no native code for this computer, or the chip cannot be had
   */
  static Pi4jLines gpiod(GpioChip chip) throws IOException {
    if (!BoardInfoHelper.runningOnRaspberryPi()) {
      // the provider refuses boards that it does not know, also where /proc does not tell the board
      BoardInfoHelper.current().setBoardModel(BoardModel.GENERIC);
    }
    try {
      return new Pi4jLines(
          GpioDDigitalInputProvider.newInstance(),
          GpioDDigitalOutputProvider.newInstance(),
          new OneChip(GpioChips.DEVICES.resolve(chip.name())),
          chip.name());
    } catch (LinkageError | RuntimeException e) {
      throw new IOException("Pi4J cannot use " + chip.shown() + ": " + reason(e), e);
    }
  }

  /** Lines through the provider linuxfs. */
  static Pi4jLines linuxfs(SysfsChips chips) {
    return new Pi4jLines(
        LinuxFsDigitalInputProvider.newInstance(chips.path()),
        LinuxFsDigitalOutputProvider.newInstance(chips.path()),
        chips,
        null);
  }

  @Override
  public Output output(Wiring wiring, boolean high) throws IOException {
    int number = address.of(wiring.line());
    DigitalOutput line =
        created(
            number,
            () ->
                context.create(
                    DigitalOutput.newConfigBuilder(context)
                        .id(OUTPUT + number)
                        .address(number)
                        .initial(DigitalState.getState(high))
                        .build()));
    return new Output() {
      @Override
      public void write(boolean level) throws IOException {
        taken(() -> line.state(DigitalState.getState(level)));
      }

      @Override
      public void close() {
        context.registry().remove(line.id());
      }
    };
  }

  @Override
  public Input input(Wiring wiring) throws IOException {
    return watch(wiring.line());
  }

  @Override
  public Input watch(LineSpec spec) throws IOException {
    int number = address.of(spec);
    DigitalInput line =
        created(
            number,
            () ->
                context.create(
                    DigitalInput.newConfigBuilder(context)
                        .id(INPUT + number)
                        .address(number)
                        .debounce(0L)
                        .build()));
    PolledInput.Level level = () -> taken(() -> line.state().isHigh());
    return new PolledInput(level.now(), level, () -> context.registry().remove(line.id()));
  }

  private <T> T created(int number, Use<T> use) throws IOException {
    try {
      // else Pi4J would take a line from its user that changes its direction
      if (context.registry().exists(INPUT + number) || context.registry().exists(OUTPUT + number)) {
        throw new IOException(IN_USE);
      }
      return taken(use);
    } catch (IOException e) {
      throw address.refused(number, e);
    }
  }

  /** What Pi4J does with a line. */
  private interface Use<T> {
    T now();
  }

  private static <T> T taken(Use<T> use) throws IOException {
    try {
      return use.now();
    } catch (Pi4JException | IllegalStateException | IllegalArgumentException e) {
      throw new IOException(reason(e), e);
    }
  }

  /** What Pi4J's exceptions say is in the innermost one. */
  private static String reason(Throwable failure) {
    Throwable inner = failure;
    while (inner.getCause() != null) {
      inner = inner.getCause();
    }
    String message = String.valueOf(inner.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("busy") ? IN_USE : message;
  }

  @Override
  public void close() {
    context.shutdown();
  }
}
