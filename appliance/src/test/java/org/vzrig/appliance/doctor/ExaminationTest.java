package org.vzrig.appliance.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.daemon.RunningDaemon;
import org.vzrig.appliance.settings.SettingsSource;

class ExaminationTest {
  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Finding> examine() {
    return Examination.of(new Host(root), Optional.empty());
  }

  private static Finding about(List<Finding> findings, String about) {
    return findings.stream().filter(f -> f.about().equals(about)).findFirst().orElseThrow();
  }

  @Test
  void aPlainComputerIsFine() {
    List<Finding> findings = examine();
    assertEquals(ExitCode.OK, DoctorCommand.exit(findings));
    assertEquals("no adapter is plugged in", about(findings, "serial").found());
    assertTrue(about(findings, "gpio").found().startsWith("no GPIO chips"));
  }

  @Test
  void portsAreToldWithTheNamesThatStay() throws IOException {
    file("dev/ttyUSB0", "");
    file("dev/serial/by-id/x", "");
    Files.delete(root.resolve("dev/serial/by-id/x"));
    Files.createSymbolicLink(root.resolve("dev/serial/by-id/usb-FTDI_1"), Path.of("../../ttyUSB0"));
    assertEquals("/dev/ttyUSB0 = /dev/serial/by-id/usb-FTDI_1", about(examine(), "serial").found());
  }

  @Test
  void modemManagerIsAWarningWithoutOurRules() throws IOException {
    file("proc/17/comm", "ModemManager\n");
    assertEquals(Finding.State.WARN, about(examine(), "modems").state());
    file("usr/lib/udev/rules.d/60-vzrig.rules", "");
    assertEquals(Finding.State.OK, about(examine(), "modems").state());
  }

  @Test
  void aClockSourceThatIsSlowIsAWarning() throws IOException {
    file("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
    Finding timers = about(examine(), "timers");
    assertEquals(Finding.State.WARN, timers.state());
    assertTrue(timers.found().contains("hpet"));
  }

  @Test
  void mistakesOfTheSettingsAndADeadSocketFail() throws Exception {
    Path config = RunningDaemon.write(root, "pace = 'x'");
    SettingsSource source = new SettingsSource(config, Map.of(), List.of());
    List<Finding> wrong = Examination.of(new Host(root), Optional.of(source));
    assertTrue(about(wrong, "config").found().contains("bench.toml:5: rig.pace"));
    assertEquals(ExitCode.REFUSED, DoctorCommand.exit(wrong));
    RunningDaemon.write(root);
    Files.writeString(root.resolve("s"), "");
    List<Finding> dead = Examination.of(new Host(root), Optional.of(source));
    assertEquals(Finding.State.FAIL, about(dead, "daemon").state());
  }

  @Test
  void aRunningDaemonIsFound() throws Exception {
    try (RunningDaemon rig = new RunningDaemon(root)) {
      SettingsSource source = new SettingsSource(rig.file, Map.of(), List.of());
      List<Finding> findings = Examination.of(new Host(root), Optional.of(source));
      assertTrue(about(findings, "daemon").found().startsWith("runs"));
    }
  }
}
