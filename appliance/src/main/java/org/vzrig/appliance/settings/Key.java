package org.vzrig.appliance.settings;

/**
 * A setting that exists.
 *
 * @param name table and key with a dot between, such as {@code rig.pace}
 * @param form what a value looks like, for messages
 * @param meaning what it does, in a line
 */
public record Key(String name, String form, String meaning) {
  /** The table it stands in. */
  public String table() {
    return name.substring(0, name.indexOf('.'));
  }

  /** Its name in that table. */
  public String leaf() {
    return name.substring(name.indexOf('.') + 1);
  }

  /** The variable of the environment that sets it, such as {@code VZRIG_RIG_PACE}. */
  public String variable() {
    return "VZRIG_" + name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
  }
}
