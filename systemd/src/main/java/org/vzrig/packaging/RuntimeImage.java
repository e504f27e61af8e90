package org.vzrig.packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** The Java runtime of the package: of this JDK the modules that vzrig needs. */
final class RuntimeImage {
  /** The module that is started. */
  static final String ROOT = "org.vzrig.appliance";

  /** What automatic modules need without being able to say so: JNA logs through java.logging. */
  private static final Set<String> UNDECLARED = Set.of("java.logging");

  private RuntimeImage() {}

  /** Links the runtime for the modules in {@code modules}, and writes it to {@code image}. */
  static void link(Path modules, Path image) throws IOException {
    var output = new StringWriter();
    var writer = new PrintWriter(output);
    int status =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this JDK has no jlink"))
            .run(
                writer,
                writer,
                "--add-modules",
                String.join(",", needed(modules)),
                "--output",
                image.toString(),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--dedup-legal-notices=error-if-not-same-content",
                // the package compresses better than the image does
                "--compress=zip-0");
    if (status != 0) {
      throw new IOException("jlink ended with " + status + ": " + output);
    }
  }

  /** The modules of the JDK that are needed. */
  static Set<String> needed(Path modules) {
    Set<String> needed =
        Configuration.empty()
            .resolve(ModuleFinder.of(modules), ModuleFinder.ofSystem(), Set.of(ROOT))
            .modules()
            .stream()
            .filter(RuntimeImage::isOfTheJdk)
            .map(ResolvedModule::name)
            .collect(Collectors.toCollection(TreeSet::new));
    needed.addAll(UNDECLARED);
    return needed;
  }

  private static boolean isOfTheJdk(ResolvedModule module) {
    return module.reference().location().filter(at -> "jrt".equals(at.getScheme())).isPresent();
  }
}
