package org.vzrig.appliance.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.hil.capture.CaptureReader;

/** Where one side of a comparison comes from, as users write it. */
sealed interface SideSpec {
  /** Side {@code side} of a capture file. */
  record Capture(Path file, int side) implements SideSpec {}

  /** A value change dump. */
  record Vcd(Path file) implements SideSpec {}

  /** A board emulated here that runs an image or a configuration. */
  record Emulated(Path file) implements SideSpec {}

  /** A board behind a serial line: {@code serial:DEVICE} or {@code rfc2217://HOST:PORT}. */
  record Line(String name) implements SideSpec {}

  /** What follows {@code FILE} for one side of a capture. */
  Pattern NUMBERED = Pattern.compile("(.+)#(\\d{1,2})");

  /** How to write the sides that are no files. */
  String FORMS =
      "serial:DEVICE, rfc2217://HOST:PORT, run:IMAGE|CONFIG, or the file of a capture or a value"
          + " change dump";

  /**
   * Reads what follows {@code --real}.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static SideSpec parse(String text) throws IOException {
    if (text.startsWith("serial:")) {
      return new Line(text.substring("serial:".length()));
    }
    if (text.startsWith("rfc2217://")) {
      return new Line(text);
    }
    if (text.startsWith("run:")) {
      return new Emulated(Path.of(text.substring("run:".length())));
    }
    SideSpec file = file(text);
    if (file instanceof Emulated) {
      throw new IllegalArgumentException("expected " + FORMS + ", found '" + text + "'");
    }
    return file;
  }

  /** A file by its content: a capture, a value change dump, else what a board runs. */
  static SideSpec file(String text) throws IOException {
    Matcher numbered = NUMBERED.matcher(text);
    if (numbered.matches() && Files.exists(Path.of(numbered.group(1)))) {
      return new Capture(Path.of(numbered.group(1)), Integer.parseInt(numbered.group(2)));
    }
    Path file = Path.of(text);
    if (text.endsWith(".vcd")) {
      return new Vcd(file);
    }
    boolean capture = Files.isRegularFile(file) && CaptureReader.recognises(file);
    return capture ? new Capture(file, 0) : new Emulated(file);
  }
}
