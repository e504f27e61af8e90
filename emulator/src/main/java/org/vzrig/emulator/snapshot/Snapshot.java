package org.vzrig.emulator.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The complete state of a machine, so that a run goes on bit for bit as it would have.
 *
 * <p>The state is what the fields of the machine's objects hold, all of them but the {@code
 * transient} ones: registers, memories, events to come, what a device is in the middle of. It goes
 * back into a machine that was built from the same board and configuration. What stands outside is
 * not part of it: who listens to serial lines and pins, debuggers, the file behind a memory card.
 *
 * <p>The file: 8 bytes "VZRIGSN1"; the number of header entries and each as key and value (UTF);
 * the deflated graph of objects; SHA-256 of all before it.
 */
public final class Snapshot {
  private static final byte[] MAGIC = {'V', 'Z', 'R', 'I', 'G', 'S', 'N', '1'};
  private static final int DIGEST = 32;

  private final Map<String, String> header;
  private final byte[] graph;

  private Snapshot(Map<String, String> header, byte[] graph) {
    this.header = header;
    this.graph = graph;
  }

  /**
   * Takes the state of {@code machine}, a {@code Machine} or what owns one; on the machine's
   * thread, between two slices.
   *
   * @param header what to know it by: version, board, hashes of configuration and images
   * @throws SnapshotException when something outside the machine is tied into it
   */
  public static Snapshot of(Object machine, Map<String, String> header) throws SnapshotException {
    Graph graph = new Graph(machine);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      new GraphWriter(graph, out).write();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return new Snapshot(new LinkedHashMap<>(header), bytes.toByteArray());
  }

  /** What it is known by. */
  public Map<String, String> header() {
    return header;
  }

  /** Writes the file. */
  public void write(OutputStream file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(graph.length + 1024);
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(MAGIC);
    out.writeInt(header.size());
    for (Map.Entry<String, String> entry : header.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
    out.writeInt(graph.length);
    out.write(graph);
    out.write(sha256(bytes.toByteArray()));
    file.write(bytes.toByteArray());
  }

  /**
   * Reads a file, and checks that it is whole.
   *
   * @throws SnapshotException when it is not a snapshot, or damaged
   */
  public static Snapshot read(InputStream file) throws IOException, SnapshotException {
    byte[] all = file.readAllBytes();
    if (!Arrays.equals(Arrays.copyOf(all, MAGIC.length), MAGIC)) {
      throw new SnapshotException(
          "this is not a snapshot of vzrig: it does not start with VZRIGSN1");
    }
    byte[] body = Arrays.copyOf(all, Math.max(MAGIC.length, all.length - DIGEST));
    byte[] digest = Arrays.copyOfRange(all, body.length, all.length);
    if (!Arrays.equals(sha256(body), digest)) {
      throw new SnapshotException("the snapshot is damaged: its SHA-256 differs");
    }
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(body, MAGIC.length, body.length));
    Map<String, String> header = new LinkedHashMap<>();
    for (int count = in.readInt(); count > 0; count--) {
      header.put(in.readUTF(), in.readUTF());
    }
    byte[] graph = new byte[in.readInt()];
    in.readFully(graph);
    return new Snapshot(header, graph);
  }

  /**
   * Checks that the header has each entry of {@code expected}.
   *
   * @throws SnapshotException with every one that differs
   */
  public void check(Map<String, String> expected) throws SnapshotException {
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (key, value) -> {
          String found = header.getOrDefault(key, "nothing");
          if (!found.equals(value)) {
            differences.add("%s: expected %s, found %s".formatted(key, value, found));
          }
        });
    if (!differences.isEmpty()) {
      throw new SnapshotException(
          "the snapshot is of something else: " + String.join("; ", differences));
    }
  }

  /**
   * Puts the state into {@code machine}, built like the one it was taken from; on the machine's
   * thread, between two slices.
   *
   * @throws SnapshotException when it was built otherwise, or by another version of vzrig; the
   *     machine must not be used then
   */
  public void restoreInto(Object machine) throws SnapshotException {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(graph)))) {
      new Restorer(new GraphReader(in).read(), machine).restore();
    } catch (EOFException e) {
      throw new SnapshotException("the snapshot ends early");
    } catch (IOException e) {
      throw new SnapshotException("the snapshot cannot be understood: " + e.getMessage());
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
