package org.vzrig.appliance.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.vzrig.appliance.CommandFailure;

/**
 * A file of steps, one on each line: {@code input}, {@code expect}, {@code press}, {@code pin} or
 * {@code adc} and what the option of that name takes. Empty lines and such that begin with # do not
 * count.
 */
public final class ScriptFile {
  private ScriptFile() {}

  /**
   * Reads {@code file}.
   *
   * @throws CommandFailure with every mistake, each with file and line
   */
  public static List<Step> read(Path file) throws IOException, CommandFailure {
    List<Step> steps = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          steps.add(step(line));
        } catch (IllegalArgumentException e) {
          wrong.add("%s:%d: %s".formatted(file, i + 1, e.getMessage()));
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw EmulatedRun.usage(wrong);
    }
    return steps;
  }

  private static Step step(String line) {
    String[] words = line.split("\\s+", 2);
    String argument = words.length > 1 ? words[1] : "";
    return switch (words[0]) {
      case "input" -> Steps.input(argument);
      case "expect" -> new Step.Expect(Texts.parse(argument));
      case "press" -> Steps.press(argument);
      case "pin" -> Steps.pin(argument);
      case "adc" -> Steps.adc(argument);
      default ->
          throw new IllegalArgumentException(
              "expected input, expect, press, pin or adc, found '" + words[0] + "'");
    };
  }
}
