package org.vzrig.emulator.snapshot;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the state of a snapshot into a machine that was built alike.
 *
 * <p>First every object of the snapshot gets its counterpart: what the same way leads to, or a new
 * array, collection or value where nothing stands there. Then all of them are filled.
 */
final class Restorer {
  private final List<RawNode> nodes;
  private final @Nullable Object[] here;
  private final boolean[] made;
  private final Set<Integer> filled = new HashSet<>();

  Restorer(List<RawNode> nodes, Object root) {
    this.nodes = nodes;
    here = new @Nullable Object[nodes.size()];
    made = new boolean[nodes.size()];
    here[0] = root;
  }

  /**
   * Restores all.
   *
   * @throws SnapshotException when the machine was built otherwise; it must not be used then
   */
  void restore() throws SnapshotException {
    if (!matches(nodes.getFirst(), here[0])) {
      throw new SnapshotException("the snapshot is of a " + nodes.getFirst().type());
    }
    for (int i = 1; i < nodes.size(); i++) {
      locate(i);
    }
    for (int i = 0; i < nodes.size(); i++) {
      fill(i);
    }
    for (Object object : here) {
      if (object instanceof Restored derived) {
        derived.restored();
      }
    }
  }

  // --- counterparts

  private void locate(int number) throws SnapshotException {
    RawNode node = nodes.get(number);
    Object found = made[node.parent()] ? null : follow(node);
    if (matches(node, found)) {
      here[number] = found;
    } else if (node.kind() == Kind.RECORD) {
      made[number] = true;
    } else {
      here[number] = make(number, node);
      made[number] = true;
    }
  }

  private @Nullable Object follow(RawNode node) {
    Object parent = here[node.parent()];
    if (parent == null) {
      return null;
    }
    return switch (node.step()) {
      case Graph.FIELD -> Fields.get(Fields.of(parent.getClass()).get(node.index()), parent);
      case Graph.ELEMENT -> element(parent, node.index());
      default -> ((Map<?, ?>) parent).get(resolve(node.key()));
    };
  }

  private static @Nullable Object element(Object parent, int index) {
    if (parent instanceof Object[] array) {
      return index < array.length ? array[index] : null;
    }
    Iterator<?> elements = ((Collection<?>) parent).iterator();
    for (int i = 0; i < index && elements.hasNext(); i++) {
      elements.next();
    }
    return elements.hasNext() ? elements.next() : null;
  }

  private static boolean matches(RawNode node, @Nullable Object found) {
    if (found == null || !RawNode.typeName(found.getClass()).equals(node.type())) {
      return false;
    }
    return switch (node.kind()) {
      case PRIMITIVES -> Array.getLength(found) == Array.getLength(node.content());
      case ARRAY -> ((Object[]) found).length == node.contents().length;
      default -> true;
    };
  }

  private Object make(int number, RawNode node) throws SnapshotException {
    try {
      Class<?> type = Class.forName(node.type());
      return switch (node.kind()) {
        case PRIMITIVES -> node.content();
        case ARRAY -> Array.newInstance(type.getComponentType(), node.contents().length);
        case COLLECTION, MAP -> type.getConstructor().newInstance();
        default -> throw new SnapshotException(otherwise(number));
      };
    } catch (ReflectiveOperationException e) {
      throw new SnapshotException(otherwise(number));
    }
  }

  private String otherwise(int number) {
    return "the machine is built otherwise than the one of the snapshot: expected a %s at %s"
        .formatted(nodes.get(number).type(), path(number));
  }

  private String path(int number) {
    RawNode node = nodes.get(number);
    return node.parent() < 0 ? node.name() : path(node.parent()) + node.name();
  }

  // --- contents

  private @Nullable Object resolve(@Nullable Object value) {
    return value instanceof Values.Ref ref ? here[ref.node()] : value;
  }

  /** Like {@link #resolve}, after the value itself, where it is a record, has been made. */
  private @Nullable Object resolved(@Nullable Object value) throws SnapshotException {
    if (value instanceof Values.Ref ref && nodes.get(ref.node()).kind() == Kind.RECORD) {
      fill(ref.node());
    }
    return resolve(value);
  }

  private void fill(int number) throws SnapshotException {
    if (!filled.add(number)) {
      return;
    }
    RawNode node = nodes.get(number);
    switch (node.kind()) {
      case OBJECT, LAMBDA -> fillObject(number);
      case RECORD -> here[number] = record(number);
      case PRIMITIVES -> fillPrimitives(here[number], node.content());
      case ARRAY -> fillArray(number);
      case COLLECTION -> fillCollection(number);
      case MAP -> fillMap(number);
      case OPAQUE -> {}
    }
  }

  private Object object(int number) {
    return Objects.requireNonNull(here[number]);
  }

  private void fillObject(int number) throws SnapshotException {
    Object object = object(number);
    List<Field> fields = Fields.of(object.getClass());
    @Nullable Object[] contents = nodes.get(number).contents();
    if (fields.size() != contents.length) {
      throw new SnapshotException(otherwise(number));
    }
    for (int i = 0; i < contents.length; i++) {
      Field field = fields.get(i);
      Object value = valueFor(field, contents[i]);
      if (!same(Fields.get(field, object), value)) {
        if (Modifier.isFinal(field.getModifiers())) {
          throw new SnapshotException(
              "the machine is built otherwise than the one of the snapshot: %s.%s is %s, and was %s"
                  .formatted(path(number), field.getName(), Fields.get(field, object), value));
        }
        Fields.set(field, object, value);
      }
    }
  }

  private @Nullable Object valueFor(Field field, @Nullable Object content)
      throws SnapshotException {
    return field.getType().isPrimitive()
        ? Primitive.narrow(field.getType(), content)
        : resolved(content);
  }

  /** The same object, or an equal value. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return a == b || Kind.isValue(a) && Kind.isValue(b) && Objects.equals(a, b);
  }

  /** The counterpart where it has the same components, otherwise a new record. */
  private Object record(int number) throws SnapshotException {
    RawNode node = nodes.get(number);
    try {
      Class<?> type = Class.forName(node.type());
      List<Field> fields = Fields.of(type);
      @Nullable Object[] components = new @Nullable Object[fields.size()];
      for (int i = 0; i < components.length; i++) {
        components[i] = valueFor(fields.get(i), node.contents()[i]);
      }
      Object found = here[number];
      if (found != null && hasComponents(found, fields, components)) {
        return found;
      }
      Class<?>[] types = fields.stream().map(Field::getType).toArray(Class<?>[]::new);
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(components);
    } catch (ReflectiveOperationException e) {
      throw new SnapshotException(otherwise(number));
    }
  }

  private static boolean hasComponents(
      Object record, List<Field> fields, @Nullable Object[] components) {
    for (int i = 0; i < components.length; i++) {
      if (!same(Fields.get(fields.get(i), record), components[i])) {
        return false;
      }
    }
    return true;
  }

  private static void fillPrimitives(@Nullable Object into, Object from) {
    // a new array is the one that was read
    if (into != null) {
      System.arraycopy(from, 0, into, 0, Array.getLength(from));
    }
  }

  private void fillArray(int number) throws SnapshotException {
    Object[] array = (Object[]) object(number);
    @Nullable Object[] contents = nodes.get(number).contents();
    for (int i = 0; i < contents.length; i++) {
      Array.set(array, i, resolved(contents[i]));
    }
  }

  private void fillCollection(int number) throws SnapshotException {
    @SuppressWarnings("unchecked")
    Collection<@Nullable Object> collection = (Collection<@Nullable Object>) object(number);
    @Nullable Object[] values = resolvedAll(number);
    Iterator<?> old = collection.iterator();
    boolean equal = collection.size() == values.length;
    for (int i = 0; equal && i < values.length; i++) {
      equal = same(old.next(), values[i]);
    }
    if (!equal) {
      changing(number, collection::clear);
      collection.addAll(Arrays.asList(values));
    }
  }

  private void fillMap(int number) throws SnapshotException {
    @SuppressWarnings("unchecked")
    Map<@Nullable Object, @Nullable Object> map =
        (Map<@Nullable Object, @Nullable Object>) object(number);
    @Nullable Object[] values = resolvedAll(number);
    boolean equal = 2 * map.size() == values.length;
    for (int i = 0; equal && i < values.length; i += 2) {
      equal = map.containsKey(values[i]) && same(map.get(values[i]), values[i + 1]);
    }
    if (!equal) {
      changing(number, map::clear);
      for (int i = 0; i < values.length; i += 2) {
        map.put(values[i], values[i + 1]);
      }
    }
  }

  private @Nullable Object[] resolvedAll(int number) throws SnapshotException {
    @Nullable Object[] values = nodes.get(number).contents().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = resolved(values[i]);
    }
    return values;
  }

  private void changing(int number, Runnable change) throws SnapshotException {
    try {
      change.run();
    } catch (UnsupportedOperationException e) {
      throw new SnapshotException(otherwise(number));
    }
  }
}
