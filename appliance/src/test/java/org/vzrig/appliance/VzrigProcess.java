package org.vzrig.appliance;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vzrig.boards.Boards;
import org.vzrig.emulator.machine.Machine;
import org.vzrig.flasher.FlashJob;
import org.vzrig.hil.agent.Agent;
import org.vzrig.hypervisor.rt.Rig;

/** Runs vzrig as its users do: as a process with arguments, output and an exit code. */
public final class VzrigProcess {
  private static final long PATIENCE_SECONDS = 120;

  private VzrigProcess() {}

  /**
   * How a process ended.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err its standard error
   */
  public record Result(int exit, String out, String err) {}

  /** Runs vzrig with {@code arguments} to its end, without a terminal. */
  public static Result run(String... arguments) {
    return finish(start(arguments));
  }

  /** Starts vzrig with {@code arguments}, without a terminal. */
  public static Process start(String... arguments) {
    try {
      return builder(arguments).redirectInput(new File("/dev/null")).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process to be started with redirections of one's own. */
  public static ProcessBuilder builder(String... arguments) {
    return java(List.of("--class-path", classPath(), Main.class.getName()), arguments);
  }

  /** The same from modules, as the launcher starts it. */
  public static ProcessBuilder modules(String... arguments) {
    String main = "org.vzrig.appliance/" + Main.class.getName();
    return java(List.of("--module-path", classPath(), "--module", main), arguments);
  }

  /** Signals do what they do in a shell, even if whoever started the tests ignores them. */
  private static ProcessBuilder java(List<String> what, String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dvzrig.home=" + root());
    command.addAll(what);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  /** Waits for {@code process} and collects what it wrote. */
  public static Result finish(Process process) {
    try {
      StringBuilder errors = new StringBuilder();
      Thread reader = Thread.ofVirtual().start(() -> errors.append(text(process.errorReader())));
      String out = text(process.inputReader());
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("vzrig did not end");
      }
      reader.join();
      return new Result(process.exitValue(), out, errors.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The root of the source tree. */
  public static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("vzrig"))) {
      here = Objects.requireNonNull(here.getParent(), "not in a source tree of vzrig");
    }
    return here;
  }

  private static String text(java.io.BufferedReader reader) {
    return reader.lines().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String classPath() {
    Stream<Class<?>> one =
        Stream.of(
            Main.class,
            Boards.class,
            Machine.class,
            Rig.class,
            Agent.class,
            FlashJob.class,
            picocli.CommandLine.class,
            org.tinylog.Logger.class,
            org.tinylog.core.TinylogLoggingProvider.class,
            tools.jackson.core.JsonParser.class,
            tools.jackson.databind.ObjectMapper.class,
            tools.jackson.dataformat.toml.TomlMapper.class,
            com.fasterxml.jackson.annotation.JsonSerializeAs.class,
            library("jssc.SerialPort"),
            library("org.scijava.nativelib.NativeLoader"),
            library("org.slf4j.LoggerFactory"),
            library("org.tinylog.slf4j.ModernTinylogLogger"),
            library("org.hid4java.HidManager"),
            library("com.sun.jna.Native"),
            library("com.pi4j.Pi4J"),
            library("com.pi4j.plugin.gpiod.GpioDPlugin"),
            library("com.pi4j.plugin.linuxfs.LinuxFsPlugin"),
            library("com.pi4j.library.gpiod.internal.GpioD"),
            library("com.pi4j.library.linuxfs.LinuxFile"),
            library("com.jcraft.jsch.JSch"));
    Stream<String> resources =
        Stream.of(
                resources(Main.class, "version.properties"),
                resources(Boards.class, "wifire-loader.elf"),
                resources(FlashJob.class, "parts.txt"))
            .flatMap(folder -> folder);
    return Stream.concat(resources, one.map(VzrigProcess::location))
        .distinct()
        .collect(Collectors.joining(":"));
  }

  /** Where the resources beside {@code type} lie if not in its jar: in another folder at times. */
  private static Stream<String> resources(Class<?> type, String name) {
    String path = "/" + type.getPackageName().replace('.', '/') + "/" + name;
    String url = String.valueOf(type.getResource(path));
    return url.startsWith("file:")
        ? Stream.of(url.substring("file:".length(), url.length() - path.length()))
        : Stream.empty();
  }

  /** A library of another module, which this module's tests cannot name. */
  private static Class<?> library(String type) {
    try {
      return Class.forName(type, false, VzrigProcess.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String location(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
