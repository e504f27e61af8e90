package org.vzrig.appliance.settings;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads typed values out of a {@link Draft} and notes there what has the wrong form. */
final class Reader {
  private final Draft draft;

  Reader(Draft draft) {
    this.draft = draft;
  }

  /** What {@code name} says, as one text. */
  Optional<String> text(String name) {
    Value value = draft.value(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.list() || value.texts().getFirst().isBlank()) {
      wrong(value, name, value.list() ? "a list" : "nothing");
      return Optional.empty();
    }
    return Optional.of(value.texts().getFirst());
  }

  /** The file that {@code name} names, seen from where that was said. */
  Optional<Path> path(String name) {
    Value value = draft.value(name);
    return text(name).map(text -> value == null ? Path.of(text) : value.base().resolve(text));
  }

  /** A number between {@code least} and {@code most}. */
  int number(String name, int least, int most, int otherwise) {
    Optional<String> text = text(name);
    try {
      int number = text.isEmpty() ? otherwise : Integer.parseInt(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, as a number out of range is
    }
    wrong(name, "a number from %d to %d".formatted(least, most), text.orElse(""));
    return otherwise;
  }

  /** A boolean. */
  boolean truth(String name, boolean otherwise) {
    String text = text(name).orElse(String.valueOf(otherwise));
    if (!text.equals("true") && !text.equals("false")) {
      wrong(name, "true or false", text);
    }
    return text.equals("true");
  }

  /** One of the names of an enumeration, in any letter case. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text.get())) {
        return constant;
      }
    }
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    wrong(name, "one of " + names, text.get());
    return otherwise;
  }

  /** A list; a single text stands for a list separated by spaces. */
  List<String> list(String name) {
    Value value = draft.value(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts =
        value.list() ? value.texts() : List.of(value.texts().getFirst().trim().split("\\s+"));
    return texts.stream().filter(text -> !text.isEmpty()).toList();
  }

  /** Where {@code name} was set. */
  Origin origin(String name) {
    Value value = draft.value(name);
    return value == null ? Origin.BUILT_IN : value.origin();
  }

  /** Notes that {@code name} should have been something else. */
  void wrong(String name, String expected, String found) {
    draft.wrong(origin(name), name, "expected %s, found '%s'".formatted(expected, found));
  }

  private void wrong(Value value, String name, String found) {
    String expected = Keys.named(name).map(Key::form).orElse("a value");
    draft.wrong(value.origin(), name, "expected %s, found %s".formatted(expected, found));
  }
}
