package org.vzrig.hil.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** A route for any number of clients over TCP, served by one thread. */
final class NetEnd implements RouteEnd {
  private static final long IDLE_MILLIS = 1_000;
  private static final long FULL_MILLIS = 20;
  private static final long BACKLOG_MILLIS = 2;
  private static final long LINGER_NANOS = 1_000_000_000;

  private final Route route;
  private final Session.Factory sessions;
  private final ServerSocketChannel server;
  private final Selector selector;
  private final String where;
  private final Thread thread;
  private final List<NetClient> clients = new CopyOnWriteArrayList<>();
  private volatile boolean sleeping;
  private volatile boolean closing;
  private volatile long sentBefore;
  private volatile long lostBefore;

  /** Listens at {@code address}; port 0 stands for any free one. */
  NetEnd(Route route, InetSocketAddress address, Session.Factory sessions) throws IOException {
    this.route = route;
    this.sessions = sessions;
    selector = Selector.open();
    server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      where = server.getLocalAddress().toString().replaceFirst("^.*/", "");
    } catch (IOException | RuntimeException e) {
      server.close();
      selector.close();
      throw new IOException(route.spec() + ": cannot listen: " + e.getMessage(), e);
    }
    thread = Thread.ofPlatform().name(route.spec().toString()).daemon().unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void wake() {
    VarHandle.fullFence(); // the ring's tail before the look at the sleeper
    if (sleeping) {
      sleeping = false;
      selector.wakeup();
    }
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public String state() {
    List<String> names = clients.stream().map(NetClient::name).toList();
    return names.isEmpty() ? "nobody is connected" : "connected: " + String.join(", ", names);
  }

  @Override
  public long sent() {
    return clients.stream().mapToLong(c -> c.outlet().sent()).reduce(sentBefore, Math::max);
  }

  @Override
  public long lost() {
    return lostBefore + clients.stream().mapToLong(c -> c.outlet().lost()).sum();
  }

  @Override
  public boolean closed() {
    return closing;
  }

  @Override
  public void close() {
    closing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // The thread

  private void run() {
    try {
      while (!closing) {
        select(deliver());
      }
      linger();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      shut();
    }
  }

  /** Passes on what the UART has sent; returns whether some of it has to wait. */
  private boolean deliver() {
    int room = Integer.MAX_VALUE;
    for (NetClient client : clients) {
      room = Math.min(room, client.outlet().room());
    }
    if (clients.isEmpty()) {
      route.unheard(route.outputRing().drain((cycle, value) -> {}));
      return false;
    }
    route.outputRing().drain((cycle, value) -> put(value), room);
    clients.forEach(this::flush);
    return route.outputRing().size() > 0;
  }

  private void put(int value) {
    for (NetClient client : clients) {
      client.outlet().put(value);
    }
  }

  private void flush(NetClient client) {
    try {
      client.flush();
    } catch (IOException e) {
      drop(client, e.getMessage());
    }
  }

  private void select(boolean waiting) throws IOException {
    boolean backlog = clients.stream().anyMatch(NetClient::backlog);
    sleeping = true;
    VarHandle.fullFence();
    if (!waiting && route.outputRing().size() > 0) {
      selector.selectNow();
    } else {
      selector.select(backlog ? BACKLOG_MILLIS : waiting ? FULL_MILLIS : IDLE_MILLIS);
    }
    sleeping = false;
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && key.isAcceptable()) {
        accept();
      }
    }
    selector.selectedKeys().clear();
    clients.forEach(this::receive);
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      clients.add(new NetClient(channel, key, route, sessions));
    }
  }

  private void receive(NetClient client) {
    try {
      boolean open = client.receive();
      if (route.inputWaits()) {
        route.wakeMachine();
      }
      if (!open && !client.backlog()) {
        drop(client, "");
      }
    } catch (IOException e) {
      drop(client, e.getMessage());
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only this thread writes them
  private void drop(NetClient client, @Nullable String why) {
    client.close();
    if (clients.remove(client)) {
      int left = client.outlet().discard();
      lostBefore += client.outlet().lost() + left;
      sentBefore = Math.max(sentBefore, client.outlet().sent());
      if (left > 0) {
        Logger.warn("{}: {} is gone, {} bytes lost: {}", route.spec(), client.name(), left, why);
      }
    }
  }

  private void linger() throws IOException {
    long end = System.nanoTime() + LINGER_NANOS;
    while (System.nanoTime() < end) {
      boolean waiting = deliver();
      if (!waiting && clients.stream().allMatch(c -> c.outlet().waiting() == 0)) {
        return;
      }
      selector.select(FULL_MILLIS);
      selector.selectedKeys().clear();
    }
  }

  private void shut() {
    try (server;
        selector) {
      clients.forEach(client -> drop(client, "the run has ended"));
    } catch (IOException e) {
      Logger.warn("{}: {}", route.spec(), e.getMessage());
    }
  }
}
