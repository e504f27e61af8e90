package org.vzrig.emulator.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * An object as it stands in a file.
 *
 * @param type name of its class; of code only the class that it stands in
 * @param parent number of the object through which it is found; -1 for the root
 * @param step how: see {@link Graph}
 * @param index of the field or element
 * @param key of the entry in a map
 * @param name the step, for messages
 * @param content an array of numbers; or fields, elements, or keys and values in turn, as {@link
 *     Values} writes them
 */
record RawNode(
    String type,
    Kind kind,
    int parent,
    int step,
    int index,
    @Nullable Object key,
    String name,
    Object content) {

  /** The content of what is not an array of numbers. */
  @Nullable Object[] contents() {
    return (@Nullable Object[]) content;
  }

  /** The name of {@code type} by which it is known from run to run. */
  static String typeName(Class<?> type) {
    String name = type.getName();
    int hidden = type.isHidden() ? name.indexOf('/') : -1;
    return hidden < 0 ? name : name.substring(0, hidden);
  }
}
