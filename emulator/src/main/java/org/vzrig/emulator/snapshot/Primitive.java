package org.vzrig.emulator.snapshot;

import org.jspecify.annotations.Nullable;

/** Primitive fields are kept as boolean, long or double. */
final class Primitive {
  private Primitive() {}

  static Object widen(@Nullable Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Character c -> (long) c;
      case Double d -> d;
      case Float f -> (double) f;
      case Number n -> n.longValue();
      case null, default -> throw new IllegalStateException("no primitive: " + value);
    };
  }

  /** {@code value} as the field's {@code type} takes it. */
  static Object narrow(Class<?> type, @Nullable Object value) {
    return switch (value) {
      case Boolean b -> b;
      case Double d when type == float.class -> d.floatValue();
      case Double d -> d;
      case Long l -> narrow(type, (long) l);
      case null, default -> throw new IllegalStateException("no primitive: " + value);
    };
  }

  private static Object narrow(Class<?> type, long value) {
    if (type == int.class) {
      return (int) value;
    }
    if (type == byte.class) {
      return (byte) value;
    }
    if (type == short.class) {
      return (short) value;
    }
    return type == char.class ? (Object) (char) value : (Object) value;
  }
}
