package org.vzrig.emulator.snapshot;

import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vzrig.boards.Board;
import org.vzrig.boards.Pin;

/** How an object of the graph is kept. */
enum Kind {
  /** An object of ours: its fields. */
  OBJECT,
  /** An immutable value: its components. */
  RECORD,
  /** Code with what it captured: wiring, which has to be there already. */
  LAMBDA,
  /** An array of numbers. */
  PRIMITIVES,
  /** An array of objects. */
  ARRAY,
  /** A list, set or queue. */
  COLLECTION,
  /** A map. */
  MAP,
  /** What a board is, the same in every machine that is built alike: only its place is kept. */
  OPAQUE;

  private static final List<Kind> TAGS = List.of(values());

  /** Where classes come from whose fields we keep. */
  static final String OURS = "org.vzrig.";

  private static final String BOARDS = Board.class.getPackageName() + ".";

  /** The kind of {@code object}, or null when we do not know how to keep it. */
  static @Nullable Kind of(Object object) {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      return type.getComponentType().isPrimitive() ? PRIMITIVES : ARRAY;
    }
    if (type.isHidden()) {
      return LAMBDA;
    }
    if (object instanceof Collection) {
      return COLLECTION;
    }
    if (object instanceof Map) {
      return MAP;
    }
    return ofClass(type);
  }

  /** What stands for it in a file. */
  int tag() {
    return TAGS.indexOf(this);
  }

  /** The kind that {@code tag} stands for. */
  static Kind tagged(int tag) {
    return TAGS.get(tag);
  }

  private static @Nullable Kind ofClass(Class<?> type) {
    String name = type.getName();
    if (VarHandle.class.isAssignableFrom(type) || isDescription(name)) {
      return OPAQUE;
    }
    if (!name.startsWith(OURS)) {
      return null;
    }
    return type.isRecord() ? RECORD : OBJECT;
  }

  private static boolean isDescription(String name) {
    return name.startsWith(BOARDS) && !name.equals(Pin.class.getName());
  }

  /** Whether {@code object} has no identity of its own and is written where it is used. */
  static boolean isValue(@Nullable Object object) {
    return object == null
        || object instanceof String
        || object instanceof Boolean
        || object instanceof Number && object.getClass().getName().startsWith("java.lang.")
        || object instanceof Character
        || object instanceof Enum;
  }
}
