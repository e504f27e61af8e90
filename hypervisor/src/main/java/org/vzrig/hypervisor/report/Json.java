package org.vzrig.hypervisor.report;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists, strings, numbers, booleans and nulls as indented JSON. */
final class Json {
  private static final int LINE = 100;
  private final StringBuilder out = new StringBuilder();

  private Json() {}

  static String of(Object value) {
    Json json = new Json();
    json.value(value, 0);
    return json.out.append('\n').toString();
  }

  private void value(@Nullable Object value, int depth) {
    switch (value) {
      case Map<?, ?> map -> object(map, depth);
      case List<?> list -> array(list, depth);
      case CharSequence text -> string(text);
      case null, default -> out.append(value);
    }
  }

  private void object(Map<?, ?> map, int depth) {
    out.append('{');
    for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<?, ?> entry = i.next();
      line(depth + 1);
      string(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), depth + 1);
      out.append(i.hasNext() ? "," : "");
    }
    end(map.isEmpty(), depth, '}');
  }

  private void array(List<?> list, int depth) {
    String flat = flat(list);
    if (flat.length() < LINE) {
      out.append(flat);
      return;
    }
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      line(depth + 1);
      value(list.get(i), depth + 1);
      out.append(i + 1 < list.size() ? "," : "");
    }
    end(list.isEmpty(), depth, ']');
  }

  /** A list of scalars on one line; something too long when it holds more. */
  private static String flat(List<?> list) {
    Json line = new Json();
    line.out.append('[');
    for (int i = 0; i < list.size() && line.out.length() < LINE; i++) {
      Object element = list.get(i);
      if (element instanceof Map || element instanceof List) {
        return " ".repeat(LINE);
      }
      line.out.append(i == 0 ? "" : ", ");
      line.value(element, 0);
    }
    return line.out.append(']').toString();
  }

  private void line(int depth) {
    out.append('\n').append("  ".repeat(depth));
  }

  private void end(boolean empty, int depth, char bracket) {
    if (!empty) {
      line(depth);
    }
    out.append(bracket);
  }

  private void string(CharSequence text) {
    out.append('"');
    text.chars()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                  if (c < ' ') {
                    out.append("\\u%04x".formatted(c));
                  } else {
                    out.append((char) c);
                  }
                }
              }
            });
    out.append('"');
  }
}
