package org.vzrig.appliance.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.control.ControlConnection;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsLoader;
import org.vzrig.appliance.settings.SettingsSource;
import org.vzrig.hil.gpio.GpioChip;
import org.vzrig.hil.gpio.GpioChips;
import org.vzrig.hil.gpio.Wiring;
import org.vzrig.hil.serial.Pty;

/** Looks at everything that a rig needs. */
final class Examination {
  private static final int JAVA = 25;
  private static final Instant NOT_BEFORE = Instant.parse("2025-01-01T00:00:00Z");
  private static final Set<String> STEADY_CLOCKS =
      Set.of("tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page");
  private static final long NAP_NANOS = 1_000_000;
  private static final long NAP_LIMIT_NANOS = 20_000_000;
  private static final int NAPS = 20;

  private final Host host;
  private final List<Finding> findings = new ArrayList<>();

  private Examination(Host host) {
    this.host = host;
  }

  /** What is found on {@code host}, with the settings of {@code source} if there are some. */
  static List<Finding> of(Host host, Optional<SettingsSource> source) {
    Examination examination = new Examination(host);
    examination.java();
    examination.clock();
    examination.timers();
    examination.ptys();
    examination.serialPorts();
    examination.modemManager();
    examination.gpio();
    Settings settings = source.flatMap(examination::settings).orElse(null);
    if (settings != null) {
      examination.realPort(settings);
      examination.wires(settings);
      examination.socket(settings);
    }
    return examination.findings;
  }

  private void java() {
    String found = "Java " + Runtime.version() + " on " + System.getProperty("os.arch");
    findings.add(
        Runtime.version().feature() >= JAVA
            ? Finding.ok("java", found)
            : Finding.fail("java", found, "install a JDK 25, such as Temurin 25 of adoptium.net"));
  }

  private void clock() {
    Instant now = Instant.now();
    if (now.isBefore(NOT_BEFORE)) {
      findings.add(
          Finding.fail(
              "clock", "the calendar says " + now, "set the time: timedatectl set-ntp true"));
    } else if (Files.isDirectory(host.file("/run/systemd/timesync"))
        && !Files.exists(host.file("/run/systemd/timesync/synchronized"))) {
      findings.add(
          Finding.warn(
              "clock",
              "the calendar is not synchronized: captures have its times",
              "timedatectl set-ntp true"));
    } else {
      findings.add(Finding.ok("clock", now.toString()));
    }
  }

  /** Real time needs a clock that is cheap to read, and short sleeps that are short. */
  private void timers() {
    String source =
        host.text("/sys/devices/system/clocksource/clocksource0/current_clocksource", "unknown");
    long longest = 0;
    for (int i = 0; i < NAPS; i++) {
      long begin = System.nanoTime();
      LockSupport.parkNanos(NAP_NANOS);
      longest = Math.max(longest, System.nanoTime() - begin);
    }
    String found =
        "clock source %s, a sleep of 1 ms takes up to %.1f ms".formatted(source, longest / 1e6);
    if (longest > NAP_LIMIT_NANOS) {
      findings.add(
          Finding.warn("timers", found, "the computer is overloaded: pace realtime will be late"));
    } else if (!STEADY_CLOCKS.contains(source)) {
      findings.add(
          Finding.warn(
              "timers", found, "a clock source such as tsc is cheaper (see the kernel's log)"));
    } else {
      findings.add(Finding.ok("timers", found));
    }
  }

  private void ptys() {
    try (Pty pty = Pty.open()) {
      findings.add(Finding.ok("ptys", "can be made: " + pty.slaveName()));
    } catch (IOException e) {
      findings.add(Finding.fail("ptys", String.valueOf(e.getMessage()), "mount /dev/pts (devpts)"));
    }
  }

  private void serialPorts() {
    List<Path> ports = host.files("/dev", "ttyUSB*", "ttyACM*", "ttyAMA*");
    if (ports.isEmpty()) {
      findings.add(Finding.ok("serial", "no adapter is plugged in"));
    }
    for (Path port : ports) {
      String name = name(port) + names(port);
      findings.add(
          Host.usable(port)
              ? Finding.ok("serial", name)
              : Finding.fail("serial", name + ": permission denied", join(Host.group(port))));
    }
  }

  private String name(Path file) {
    return "/" + host.root().relativize(file);
  }

  /** The names that stay the same when adapters are plugged in another order. */
  private String names(Path port) {
    String names =
        host.files("/dev/serial/by-id", "*").stream()
            .filter(link -> sameFile(link, port))
            .map(this::name)
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? "" : " = " + names;
  }

  private static boolean sameFile(Path link, Path port) {
    try {
      return Files.isSameFile(link, port);
    } catch (IOException e) {
      return false;
    }
  }

  private static String join(String group) {
    return "sudo usermod -aG %s %s, and log in again"
        .formatted(group, System.getProperty("user.name"));
  }

  private void modemManager() {
    boolean runs =
        host.files("/proc", "[0-9]*").stream()
            .anyMatch(process -> host.text(name(process) + "/comm", "").equals("ModemManager"));
    boolean ruled =
        !host.files("/usr/lib/udev/rules.d", "*-vzrig.rules").isEmpty()
            || !host.files("/etc/udev/rules.d", "*-vzrig.rules").isEmpty();
    if (runs && !ruled) {
      findings.add(
          Finding.warn(
              "modems",
              "ModemManager speaks to every serial port, which resets boards",
              "install systemd/60-vzrig.rules into /etc/udev/rules.d, or stop ModemManager"));
    } else {
      findings.add(Finding.ok("modems", runs ? "ModemManager leaves boards alone" : "no manager"));
    }
  }

  private void gpio() {
    List<GpioChip> chips = GpioChips.in(host.file("/dev"));
    if (chips.isEmpty()) {
      findings.add(Finding.ok("gpio", "no GPIO chips; --gpio mock shows what lines would do"));
    }
    for (GpioChip chip : chips) {
      findings.add(
          chip.problem().isEmpty()
              ? Finding.ok("gpio", "%s, %d lines".formatted(chip.shown(), chip.lines()))
              : problem(chip));
    }
  }

  /** What a problem says behind its colon is what helps. */
  private static Finding problem(GpioChip chip) {
    String[] parts = chip.problem().split(": ", 2);
    String help = parts.length > 1 ? parts[1] : "see the kernel's log";
    return Finding.fail("gpio", chip.name() + ", " + parts[0], help);
  }

  private void wires(Settings settings) {
    if (settings.gpio().mock()) {
      return;
    }
    List<Wiring> wirings = new ArrayList<>(settings.gpio().lines());
    settings
        .real()
        .ifPresent(
            real -> {
              wirings.addAll(real.pins());
              wirings.addAll(real.buttons());
            });
    for (Wiring wiring : wirings) {
      String what = wiring.name() + "=" + wiring.line().place();
      try {
        GpioChips.check(host.file("/dev"), wiring.line());
        findings.add(Finding.ok("gpio line", what));
      } catch (IOException e) {
        findings.add(
            Finding.fail(
                "gpio line", what + ": " + e.getMessage(), "see gpio, or gpio.mock = true"));
      }
    }
  }

  private Optional<Settings> settings(SettingsSource source) {
    try {
      Settings settings = SettingsLoader.load(source);
      findings.add(Finding.ok("config", source.file().toString()));
      return Optional.of(settings);
    } catch (CommandFailure e) {
      for (String line : e.lines()) {
        findings.add(Finding.fail("config", line, "mend it; vzrig daemon --check tells the same"));
      }
      return Optional.empty();
    }
  }

  private void realPort(Settings settings) {
    settings
        .real()
        .map(real -> Path.of(real.port()))
        .filter(port -> !Files.exists(port))
        .ifPresent(
            port ->
                findings.add(
                    Finding.warn(
                        "real board", port + " is not there", "plug the board in, or see serial")));
  }

  private void socket(Settings settings) {
    Path socket = settings.control().socket();
    Path directory = socket.toAbsolutePath().getParent();
    if (!Files.exists(socket)) {
      boolean makeable =
          directory != null && (!Files.exists(directory) || Files.isWritable(directory));
      findings.add(
          makeable
              ? Finding.ok("daemon", "does not run; its socket would be " + socket)
              : Finding.warn(
                  "daemon",
                  "does not run, and you cannot make " + socket,
                  "systemctl start vzrigd, or set control.socket"));
      return;
    }
    try (ControlConnection _ = ControlConnection.open(socket)) {
      findings.add(Finding.ok("daemon", "runs, and answers at " + socket));
    } catch (CommandFailure e) {
      findings.add(
          Finding.fail("daemon", e.lines().getFirst(), "systemctl status vzrigd; groups $USER"));
    }
  }
}
