package org.vzrig.emulator.snapshot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/**
 * What is written in place: references, strings, boxed numbers, enum constants, arrays of numbers.
 */
final class Values {
  private static final int NULL = 0;
  private static final int NODE = 1;
  private static final int STRING = 2;
  private static final int BOOLEAN = 3;
  private static final int INTEGER = 4;
  private static final int LONG = 5;
  private static final int ENUM = 6;
  private static final int DOUBLE = 7;

  /** A reference to the object with this number. */
  record Ref(int node) {}

  private Values() {}

  static void write(DataOutput out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte(NULL);
      case Ref ref -> {
        out.writeByte(NODE);
        out.writeInt(ref.node);
      }
      case String text -> {
        out.writeByte(STRING);
        out.writeUTF(text);
      }
      case Boolean b -> {
        out.writeByte(BOOLEAN);
        out.writeBoolean(b);
      }
      case Integer i -> {
        out.writeByte(INTEGER);
        out.writeInt(i);
      }
      case Long l -> {
        out.writeByte(LONG);
        out.writeLong(l);
      }
      case Double d -> {
        out.writeByte(DOUBLE);
        out.writeDouble(d);
      }
      case Enum<?> e -> {
        out.writeByte(ENUM);
        out.writeUTF(e.getDeclaringClass().getName());
        out.writeUTF(e.name());
      }
      default -> throw new IllegalStateException("no form for a " + value.getClass().getName());
    }
  }

  static @Nullable Object read(DataInput in) throws IOException {
    int tag = in.readUnsignedByte();
    return switch (tag) {
      case NULL -> null;
      case NODE -> new Ref(in.readInt());
      case STRING -> in.readUTF();
      case BOOLEAN -> in.readBoolean();
      case INTEGER -> in.readInt();
      case LONG -> in.readLong();
      case DOUBLE -> in.readDouble();
      case ENUM -> constant(in.readUTF(), in.readUTF());
      default -> throw new IOException("a value with the unknown tag " + tag);
    };
  }

  private static Object constant(String type, String name) throws IOException {
    try {
      for (Object constant : Class.forName(type).getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(name)) {
          return constant;
        }
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("no type " + type, e);
    }
    throw new IOException("no constant " + type + "." + name);
  }

  /** An array of primitives, or a single one as an array of one. */
  static void writePrimitives(DataOutput out, Object array) throws IOException {
    out.writeInt(Array.getLength(array));
    switch (array) {
      case byte[] bytes -> out.write(bytes);
      case int[] ints -> {
        for (int value : ints) {
          out.writeInt(value);
        }
      }
      case long[] longs -> {
        for (long value : longs) {
          out.writeLong(value);
        }
      }
      case boolean[] flags -> {
        for (boolean value : flags) {
          out.writeBoolean(value);
        }
      }
      default -> throw new IllegalStateException("no form for " + array.getClass());
    }
  }

  static Object readPrimitives(DataInput in, Class<?> component) throws IOException {
    Object array = Array.newInstance(component, in.readInt());
    switch (array) {
      case byte[] bytes -> in.readFully(bytes);
      case int[] ints -> {
        for (int i = 0; i < ints.length; i++) {
          ints[i] = in.readInt();
        }
      }
      case long[] longs -> {
        for (int i = 0; i < longs.length; i++) {
          longs[i] = in.readLong();
        }
      }
      case boolean[] flags -> {
        for (int i = 0; i < flags.length; i++) {
          flags[i] = in.readBoolean();
        }
      }
      default -> throw new IOException("an array of " + component);
    }
    return array;
  }
}
