package org.vzrig.emulator.snapshot;

import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a graph: its classes, then the objects and their ways, then what they hold. */
final class GraphWriter {
  private final Graph graph;
  private final DataOutputStream out;
  private final Map<String, Integer> types = new LinkedHashMap<>();

  GraphWriter(Graph graph, DataOutputStream out) {
    this.graph = graph;
    this.out = out;
  }

  void write() throws IOException {
    writeTypes();
    out.writeInt(graph.nodes().size());
    for (Graph.Node node : graph.nodes()) {
      writeWay(node);
    }
    for (Graph.Node node : graph.nodes()) {
      writeContent(node);
    }
  }

  private void writeTypes() throws IOException {
    Map<String, String> layouts = new LinkedHashMap<>();
    for (Graph.Node node : graph.nodes()) {
      Class<?> type = node.object().getClass();
      boolean ours = node.kind() == Kind.OBJECT || node.kind() == Kind.RECORD;
      layouts.putIfAbsent(RawNode.typeName(type), ours ? Fields.layout(type) : "");
    }
    out.writeInt(layouts.size());
    for (Map.Entry<String, String> layout : layouts.entrySet()) {
      types.put(layout.getKey(), types.size());
      out.writeUTF(layout.getKey());
      out.writeUTF(layout.getValue());
    }
  }

  private void writeWay(Graph.Node node) throws IOException {
    Integer type = types.get(RawNode.typeName(node.object().getClass()));
    if (type == null) {
      throw new IllegalStateException(node.name());
    }
    out.writeShort(type);
    out.writeByte(node.kind().tag());
    out.writeInt(node.parent());
    out.writeByte(node.step());
    out.writeInt(node.index());
    writeReference(node.key());
    out.writeUTF(node.name());
  }

  private void writeContent(Graph.Node node) throws IOException {
    switch (node.kind()) {
      case OBJECT, RECORD, LAMBDA -> writeFields(node.object());
      case PRIMITIVES -> Values.writePrimitives(out, node.object());
      case ARRAY -> {
        Object[] array = (Object[]) node.object();
        out.writeInt(array.length);
        for (Object element : array) {
          writeReference(element);
        }
      }
      case COLLECTION -> {
        Collection<?> elements = (Collection<?>) node.object();
        out.writeInt(elements.size());
        for (Object element : elements) {
          writeReference(element);
        }
      }
      case MAP -> writeMap((Map<?, ?>) node.object());
      case OPAQUE -> {}
    }
  }

  private void writeFields(Object object) throws IOException {
    List<Field> fields = Fields.of(object.getClass());
    out.writeInt(fields.size());
    for (Field field : fields) {
      Object value = Fields.get(field, object);
      if (field.getType().isPrimitive()) {
        Values.write(out, Primitive.widen(value));
      } else {
        writeReference(value);
      }
    }
  }

  private void writeMap(Map<?, ?> map) throws IOException {
    out.writeInt(2 * map.size());
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      writeReference(entry.getKey());
      writeReference(entry.getValue());
    }
  }

  private void writeReference(@Nullable Object object) throws IOException {
    if (object == null || Kind.isValue(object)) {
      Values.write(out, object);
    } else {
      Values.write(out, new Values.Ref(graph.number(object)));
    }
  }
}
