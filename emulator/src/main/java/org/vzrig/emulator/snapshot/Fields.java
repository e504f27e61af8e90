package org.vzrig.emulator.snapshot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a class that belong to its state: neither static nor transient. */
final class Fields {
  private static final ClassValue<Fields> ALL =
      new ClassValue<>() {
        @Override
        protected Fields computeValue(Class<?> type) {
          return new Fields(type);
        }
      };

  private final List<Field> fields = new ArrayList<>();

  private Fields(Class<?> type) {
    for (Class<?> c = type; c != null && c.getName().startsWith(Kind.OURS); c = c.getSuperclass()) {
      Arrays.stream(c.getDeclaredFields()).filter(Fields::isState).forEach(fields::add);
    }
    fields.forEach(field -> field.setAccessible(true));
  }

  private static boolean isState(Field field) {
    return (field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0;
  }

  /** The state fields of {@code type}, in an order that is the same in every run. */
  static List<Field> of(Class<?> type) {
    return ALL.get(type).fields;
  }

  /** Names and types, for the comparison of two versions of a class. */
  static String layout(Class<?> type) {
    return of(type).stream()
        .map(field -> field.getType().getName() + " " + field.getName())
        .collect(Collectors.joining(", "));
  }

  static @Nullable Object get(Field field, Object object) {
    try {
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  static void set(Field field, Object object, @Nullable Object value) {
    try {
      field.set(object, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
