package org.vzrig.emulator.snapshot;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every object that belongs to a machine, each with the way by which it is found.
 *
 * <p>Objects are numbered so that what is owned comes before what is only referred to: final fields
 * and arrays are followed before other fields and collections. The way of an object then leads to
 * its counterpart in another machine that is built alike.
 */
final class Graph {
  /** How much later than its owner something is visited; what a final field holds is not later. */
  private static final int IN_MAP = 1;

  /** Also lists of who waits, in an order of the moment: their elements are owned elsewhere. */
  private static final int IN_COLLECTION = 2;

  /** A field that is not final: who is current, not who there is. */
  private static final int CHANGING = 3;

  static final int FIELD = 0;
  static final int ELEMENT = 1;
  static final int VALUE_OF_KEY = 2;

  /**
   * An object and its way.
   *
   * @param parent number of the object that refers to it; -1 for the root
   * @param step {@link #FIELD}, {@link #ELEMENT} or {@link #VALUE_OF_KEY}
   * @param index of the field or element
   * @param key of the entry in a map
   */
  record Node(
      Object object,
      Kind kind,
      int parent,
      int step,
      int index,
      @Nullable Object key,
      String name) {}

  private record Edge(
      int level,
      int order,
      Object object,
      int parent,
      int step,
      int index,
      @Nullable Object key,
      String name) {}

  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
  private final PriorityQueue<Edge> open =
      new PriorityQueue<>(Comparator.comparingInt(Edge::level).thenComparingInt(Edge::order));
  private int order;

  /**
   * The graph below {@code root}.
   *
   * @throws SnapshotException when something in it is not of a kind that can be kept
   */
  Graph(Object root) throws SnapshotException {
    open.add(new Edge(0, 0, root, -1, FIELD, 0, null, root.getClass().getSimpleName()));
    for (Edge edge = open.poll(); edge != null; edge = open.poll()) {
      if (!numbers.containsKey(edge.object)) {
        visit(edge);
      }
    }
  }

  /** In the order of their numbers. */
  List<Node> nodes() {
    return nodes;
  }

  /** The number of {@code object}. */
  int number(Object object) {
    Integer number = numbers.get(object);
    if (number == null) {
      throw new IllegalStateException("not in the graph: " + object);
    }
    return number;
  }

  /** The way to node {@code number}, as in {@code machine.chip.uarts[3]}. */
  String path(int number) {
    Node node = nodes.get(number);
    return node.parent < 0 ? node.name : path(node.parent) + node.name;
  }

  private void visit(Edge edge) throws SnapshotException {
    Kind kind = Kind.of(edge.object);
    if (kind == null) {
      throw new SnapshotException(
          "cannot keep a %s: %s%s does not belong to the machine"
              .formatted(
                  edge.object.getClass().getName(),
                  edge.parent < 0 ? "" : path(edge.parent),
                  edge.name));
    }
    int number = nodes.size();
    numbers.put(edge.object, number);
    nodes.add(new Node(edge.object, kind, edge.parent, edge.step, edge.index, edge.key, edge.name));
    follow(edge, kind, number);
  }

  private void follow(Edge edge, Kind kind, int number) throws SnapshotException {
    switch (kind) {
      case OBJECT, RECORD, LAMBDA -> followFields(edge.object, number, edge.level);
      case ARRAY -> {
        Object[] array = (Object[]) edge.object;
        for (int i = 0; i < array.length; i++) {
          add(array[i], edge.level, number, ELEMENT, i, null, "[" + i + "]");
        }
      }
      case COLLECTION -> {
        int i = 0;
        for (Object element : (Collection<?>) edge.object) {
          add(element, edge.level + IN_COLLECTION, number, ELEMENT, i, null, "[" + i + "]");
          i++;
        }
      }
      case MAP -> followMap((Map<?, ?>) edge.object, number, edge.level + IN_MAP);
      case PRIMITIVES, OPAQUE -> {}
    }
  }

  private void followFields(Object object, int number, int level) throws SnapshotException {
    List<Field> fields = Fields.of(object.getClass());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      if (!field.getType().isPrimitive()) {
        boolean owned = Modifier.isFinal(field.getModifiers());
        Object value = Fields.get(field, object);
        if (!owned && value != null && !Kind.isValue(value) && Kind.of(value) == Kind.OPAQUE) {
          throw new SnapshotException(
              "cannot keep which %s is in the changing field %s.%s"
                  .formatted(value.getClass().getName(), path(number), field.getName()));
        }
        add(value, level + (owned ? 0 : CHANGING), number, FIELD, i, null, "." + field.getName());
      }
    }
  }

  /** A key that is an object has to be owned by another: its way is not through the map. */
  private void followMap(Map<?, ?> map, int number, int level) {
    map.forEach((key, value) -> add(value, level, number, VALUE_OF_KEY, 0, key, "[" + key + "]"));
  }

  private void add(
      @Nullable Object object,
      int level,
      int parent,
      int step,
      int index,
      @Nullable Object key,
      String name) {
    if (object != null && !Kind.isValue(object)) {
      open.add(new Edge(level, order++, object, parent, step, index, key, name));
    }
  }
}
