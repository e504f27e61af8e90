package org.vzrig.appliance.daemon;

import java.nio.file.Path;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.run.Target;
import org.vzrig.appliance.run.Targets;
import org.vzrig.appliance.settings.Settings;
import org.vzrig.appliance.settings.SettingsLoader;
import org.vzrig.boards.Board;

/**
 * What the machine runs from its next power-on.
 *
 * @param file configuration or image
 * @param firmware how an image is started
 * @param board the board
 */
record LoadedProgram(Path file, Settings.Firmware firmware, Board board) {
  /** What the settings say, which have to name a file. */
  static LoadedProgram of(Settings.Rig rig) {
    return new LoadedProgram(rig.run().orElseThrow(), rig.firmware(), rig.board());
  }

  /** A machine that runs it. */
  Target build() throws CommandFailure {
    return Targets.of(file, SettingsLoader.options(firmware), board);
  }
}
