package org.vzrig.emulator.snapshot;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link GraphWriter} wrote. */
final class GraphReader {
  private final DataInputStream in;
  private final List<String> types = new ArrayList<>();

  GraphReader(DataInputStream in) {
    this.in = in;
  }

  /**
   * The objects by number.
   *
   * @throws SnapshotException when a class of ours has other fields than it had then
   */
  List<RawNode> read() throws IOException, SnapshotException {
    readTypes();
    List<RawNode> ways = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      ways.add(readWay());
    }
    List<RawNode> nodes = new ArrayList<>();
    for (RawNode way : ways) {
      nodes.add(withContent(way));
    }
    return nodes;
  }

  private void readTypes() throws IOException, SnapshotException {
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      String layout = in.readUTF();
      if (!layout.isEmpty()) {
        checkLayout(name, layout);
      }
      types.add(name);
    }
  }

  private static void checkLayout(String name, String layout) throws SnapshotException {
    String now;
    try {
      now = Fields.layout(Class.forName(name));
    } catch (ClassNotFoundException e) {
      now = "nothing of that name";
    }
    if (!now.equals(layout)) {
      throw new SnapshotException(
          "the snapshot is of another build of vzrig: %s held %s, and holds %s now"
              .formatted(name, layout, now));
    }
  }

  private RawNode readWay() throws IOException {
    String type = types.get(in.readUnsignedShort());
    Kind kind = Kind.tagged(in.readUnsignedByte());
    int parent = in.readInt();
    int step = in.readUnsignedByte();
    int index = in.readInt();
    return new RawNode(type, kind, parent, step, index, Values.read(in), in.readUTF(), "");
  }

  private RawNode withContent(RawNode way) throws IOException {
    Object content =
        switch (way.kind()) {
          case PRIMITIVES -> Values.readPrimitives(in, load(way.type()).getComponentType());
          case OBJECT, RECORD, LAMBDA, ARRAY, COLLECTION, MAP -> readValues(in.readInt());
          case OPAQUE -> "";
        };
    return new RawNode(
        way.type(),
        way.kind(),
        way.parent(),
        way.step(),
        way.index(),
        way.key(),
        way.name(),
        content);
  }

  private @Nullable Object[] readValues(int count) throws IOException {
    @Nullable Object[] values = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      values[i] = Values.read(in);
    }
    return values;
  }

  private static Class<?> load(String name) throws IOException {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IOException("no type " + name, e);
    }
  }
}
