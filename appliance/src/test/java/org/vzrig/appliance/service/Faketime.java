package org.vzrig.appliance.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.vzrig.boards.testing.RequiredTool;

/** Debian's faketime, which gives a process another clock. */
public final class Faketime {
  private Faketime() {}

  /** What a process needs whose clock is {@code spec}, such as {@code +0 x1.001}. */
  public static Map<String, String> environment(String spec) throws IOException {
    RequiredTool.find("faketime", "faketime");
    try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
      Path library =
          folders
              .map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
              .filter(Files::exists)
              .findFirst()
              .orElseThrow(() -> new IOException("faketime without its library"));
      return Map.of("LD_PRELOAD", library.toString(), "FAKETIME", spec);
    }
  }
}
