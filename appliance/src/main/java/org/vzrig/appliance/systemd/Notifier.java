package org.vzrig.appliance.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Tells the service manager how the service is (sd_notify(3)). Without {@code NOTIFY_SOCKET}
 * nothing is told. Any thread.
 */
public final class Notifier implements AutoCloseable {
  private static final long MICROS = 1_000;

  private final @Nullable UnixDatagram socket;
  private final @Nullable Duration watchdog;
  private boolean broken;

  /** Speaks with whom {@code environment} names. */
  public Notifier(Map<String, String> environment) {
    String address = environment.get("NOTIFY_SOCKET");
    socket = address == null || address.isEmpty() ? null : open(address);
    watchdog = socket == null ? null : watchdogOf(environment);
  }

  private static @Nullable UnixDatagram open(String address) {
    try {
      return new UnixDatagram(address);
    } catch (IOException e) {
      Logger.warn("the service manager cannot be told anything: {}", e.getMessage());
      return null;
    }
  }

  /** The manager may watch another process of the service. */
  private static @Nullable Duration watchdogOf(Map<String, String> environment) {
    String pid = environment.get("WATCHDOG_PID");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean us = pid == null || pid.equals(String.valueOf(ProcessHandle.current().pid()));
    return us && micros.matches("[0-9]{1,15}")
        ? Duration.ofNanos(Long.parseLong(micros) * MICROS)
        : null;
  }

  /** Within which time {@link #alive} has to be called again; empty when nobody watches. */
  public Optional<Duration> watchdog() {
    return Optional.ofNullable(watchdog).filter(Duration::isPositive);
  }

  /** The service does what it is for. */
  public void ready(String status) {
    send("READY=1\nSTATUS=" + oneLine(status));
  }

  /** The service reads its settings again; {@link #ready} ends that. */
  public void reloading() {
    // nanoTime is CLOCK_MONOTONIC where there is a systemd
    send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / MICROS);
  }

  /** The service ends. */
  public void stopping(String status) {
    send("STOPPING=1\nSTATUS=" + oneLine(status));
  }

  /** How the service is, for people. */
  public void status(String status) {
    send("STATUS=" + oneLine(status));
  }

  /** The service makes progress. */
  public void alive() {
    send("WATCHDOG=1");
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ');
  }

  private synchronized void send(String message) {
    UnixDatagram to = socket;
    if (to == null) {
      return;
    }
    try {
      to.send(message.getBytes(StandardCharsets.UTF_8));
      broken = false;
    } catch (IOException e) {
      if (!broken) {
        broken = true;
        Logger.warn("the service manager does not hear: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.close();
    }
  }
}
