package org.vzrig.appliance.service;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.tinylog.Logger;

/**
 * Catches signals. The JVM offers that in {@code sun.misc} alone, whose mention the compiler warns
 * of; it is called by reflection therefore.
 */
final class Signals {
  private Signals() {}

  /** Runs {@code action} on a thread of its own whenever the signal {@code name} (HUP) comes. */
  static void on(String name, Runnable action) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            action.run();
          }
          return null;
        };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {type}, handler);
      signal
          .getMethod("handle", signal, type)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      Logger.warn("SIG{} is not caught: {}", name, String.valueOf(e.getCause()));
    }
  }
}
