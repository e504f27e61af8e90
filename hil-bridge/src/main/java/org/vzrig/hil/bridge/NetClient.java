package org.vzrig.hil.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link NetEnd}, used by its thread. */
final class NetClient implements Session.Client, Outlet.Taker {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Route route;
  private final String name;
  private final Outlet outlet = new Outlet();
  private final ByteBuffer arrived = ByteBuffer.allocate(4096).flip();
  private final ByteArrayOutputStream control = new ByteArrayOutputStream();
  private ByteBuffer leaving = ByteBuffer.allocate(0);
  private @Nullable Session session;

  NetClient(SocketChannel channel, SelectionKey key, Route route, Session.Factory sessions)
      throws IOException {
    this.channel = channel;
    this.key = key;
    this.route = route;
    name = channel.getRemoteAddress().toString().replaceFirst("^.*/", "");
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    session = sessions.open(this);
  }

  @Override
  public String name() {
    return name;
  }

  Outlet outlet() {
    return outlet;
  }

  private Session session() {
    if (session == null) {
      throw new IllegalStateException("no session yet");
    }
    return session;
  }

  // What goes out

  @Override
  public void control(byte[] bytes) {
    control.writeBytes(bytes);
  }

  @Override
  public void discardOutput() {
    outlet.discard();
  }

  /** Sends what the client takes now and asks to be told when it takes more. */
  int flush() throws IOException {
    int sent = outlet.flush(this);
    int read = backlog() ? 0 : SelectionKey.OP_READ;
    int interest = read | (pushed() ? 0 : SelectionKey.OP_WRITE);
    if (key.isValid() && key.interestOps() != interest) {
      key.interestOps(interest);
    }
    return sent;
  }

  /** Whether everything that may go has gone. */
  private boolean pushed() throws IOException {
    boolean held = outlet.waiting() == 0 || session().suspended();
    return push() && control.size() == 0 && held;
  }

  @Override
  public int take(byte[] bytes, int length) throws IOException {
    if (session().suspended() || !push()) {
      return 0;
    }
    var encoded = new ByteArrayOutputStream(2 * length);
    session().encode(bytes, length, encoded);
    leaving = ByteBuffer.wrap(encoded.toByteArray());
    push();
    return length;
  }

  /** Sends what was encoded; whether nothing of it is left. */
  private boolean push() throws IOException {
    if (!leaving.hasRemaining() && control.size() > 0) {
      leaving = ByteBuffer.wrap(control.toByteArray());
      control.reset();
    }
    if (leaving.hasRemaining()) {
      channel.write(leaving);
    }
    return !leaving.hasRemaining();
  }

  // What comes in

  /** Reads and passes on as much as the UART's ring takes; false at the end of the connection. */
  boolean receive() throws IOException {
    boolean open = true;
    if (!arrived.hasRemaining()) {
      arrived.clear();
      open = channel.read(arrived) >= 0;
      arrived.flip();
    }
    while (arrived.hasRemaining() && route.inputRoom()) {
      session().received(arrived.get() & 0xFF);
    }
    return open;
  }

  /** Whether input waits for the UART. */
  boolean backlog() {
    return arrived.hasRemaining();
  }

  @Override
  public void input(int value) {
    route.input(value);
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // gone either way
    }
  }
}
