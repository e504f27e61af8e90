package org.vzrig.appliance.doctor;

import java.util.Locale;

/**
 * What was found out about one thing.
 *
 * @param about what was looked at
 * @param state how it is
 * @param found what was found
 * @param help what to do; an empty text when nothing
 */
record Finding(String about, State state, String found, String help) {
  /** How something is. */
  enum State {
    /** As it should be. */
    OK,
    /** Something may not work. */
    WARN,
    /** Something does not work. */
    FAIL
  }

  static Finding ok(String about, String found) {
    return new Finding(about, State.OK, found, "");
  }

  static Finding warn(String about, String found, String help) {
    return new Finding(about, State.WARN, found, help);
  }

  static Finding fail(String about, String found, String help) {
    return new Finding(about, State.FAIL, found, help);
  }

  String stateName() {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
