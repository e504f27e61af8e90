package org.vzrig.appliance.service;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.BoardNames;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.settings.Key;
import org.vzrig.appliance.settings.Keys;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsLoader;
import org.vzrig.appliance.settings.SettingsSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a rig in the background, as a configuration file says. */
@Command(
    name = "daemon",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Run a rig as a configuration file says, reached with vzrig ctl.",
    description = {
      "",
      "Settings come from FILE, then from FILE.d/*.toml in the order of their names, then from"
          + " variables such as VZRIG_RIG_PACE, then from the options here; the last one wins."
          + " --keys lists all settings.",
      "SIGHUP reads them again, SIGTERM ends the daemon with complete recordings.",
      ""
    })
public final class DaemonCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration file. Default: ${DEFAULT-VALUE}.")
  Path config = Path.of("/etc/vzrig/vzrig.toml");

  @Option(names = "--check", description = "Only check the settings; tells every mistake.")
  boolean check;

  @Option(names = "--keys", description = "List all settings and end.")
  boolean keys;

  @Option(
      names = "--board",
      paramLabel = "BOARD",
      completionCandidates = BoardNames.class,
      description = "As rig.board: ${COMPLETION-CANDIDATES}.")
  @Nullable String board;

  @Option(names = "--run", paramLabel = "FILE", description = "As rig.run.")
  @Nullable String run;

  @Option(names = "--pace", paramLabel = "PACE", description = "As rig.pace: realtime or fast.")
  @Nullable String pace;

  @Option(names = "--socket", paramLabel = "PATH", description = "As control.socket.")
  @Nullable String socket;

  @Option(
      names = "--restore",
      paramLabel = "FILE",
      description = "Go on with the state of a snapshot.")
  @Nullable Path restore;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting, such as serial.uart4=tcp:2323. Repeatable.")
  Map<String, String> settings = Map.of();

  @Override
  public Integer call() throws CommandFailure, IOException {
    if (keys) {
      listKeys();
      return ExitCode.OK.code();
    }
    SettingsSource source = new SettingsSource(config, System.getenv(), options());
    Settings read = SettingsLoader.load(source);
    if (check) {
      spec.commandLine().getOut().println(config + ": ok, " + summary(read));
      return ExitCode.OK.code();
    }
    return new Service(source, read).run(Optional.ofNullable(restore)).code();
  }

  private static String summary(Settings settings) {
    Settings.Rig rig = settings.rig();
    String runs = rig.run().map(file -> " runs " + file).orElse("");
    return "%s: %s%s; socket %s"
        .formatted(rig.name(), rig.board().name(), runs, settings.control().socket());
  }

  private void listKeys() {
    var out = spec.commandLine().getOut();
    for (Key key : Keys.all()) {
      out.printf("%-22s %s (%s)%n", key.name(), key.meaning(), key.form());
    }
    out.flush();
  }

  private List<SettingsSource.Option> options() {
    List<SettingsSource.Option> options = new ArrayList<>();
    settings.forEach(
        (key, text) -> {
          if (!key.contains(".")) {
            throw new ParameterException(
                spec.commandLine(), "--set: expected TABLE.KEY=VALUE, found '" + key + "'");
          }
          options.add(new SettingsSource.Option(key, text, "--set"));
        });
    named("rig.board", board, "--board").ifPresent(options::add);
    named("rig.run", run, "--run").ifPresent(options::add);
    named("rig.pace", pace, "--pace").ifPresent(options::add);
    named("control.socket", socket, "--socket").ifPresent(options::add);
    return options;
  }

  private static Optional<SettingsSource.Option> named(
      String key, @Nullable String text, String option) {
    return Optional.ofNullable(text).map(given -> new SettingsSource.Option(key, given, option));
  }
}
