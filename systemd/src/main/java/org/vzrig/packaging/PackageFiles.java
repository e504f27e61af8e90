package org.vzrig.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.vzrig.appliance.VzrigCommand;
import org.vzrig.appliance.flash.Pic32ProgMain;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * Lays out the files of the Debian package below {@code target/package} and its control files in
 * {@code target/control}.
 */
public final class PackageFiles {
  private static final String LIB = "usr/lib/vzrig";
  private static final String SHARE = "usr/share/vzrig";
  private static final String DOC = "usr/share/doc/vzrig";
  private static final DateTimeFormatter CHANGELOG_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ROOT);
  private static final Set<String> SCRIPTS = Set.of("postinst", "prerm", "postrm", "control");

  /** Where the files of {@code systemd} go. */
  private static final Map<String, String> UNITS =
      Map.of(
          "vzrigd.service", "usr/lib/systemd/system/vzrigd.service",
          "vzrigd@.service", "usr/lib/systemd/system/vzrigd@.service",
          "vzrig.sysusers", "usr/lib/sysusers.d/vzrig.conf",
          "vzrig.tmpfiles", "usr/lib/tmpfiles.d/vzrig.conf",
          "60-vzrig.rules", "usr/lib/udev/rules.d/60-vzrig.rules");

  private final Path root;
  private final Path target;
  private final Tree tree;
  private final Instant built;
  private final Map<String, String> values;

  private PackageFiles(Path root, Instant built, Map<String, String> values) throws IOException {
    this.root = root;
    this.target = root.resolve("systemd/target");
    this.tree = Tree.empty(target.resolve("package"));
    this.built = built;
    this.values = new HashMap<>(values);
  }

  /**
   * Lays everything out.
   *
   * @param arguments the root of the source tree, the version and the architecture as Debian writes
   *     them, the maintainer, the time of the build (ISO 8601)
   */
  public static void main(String[] arguments) throws IOException {
    Instant built = Instant.parse(arguments[4]);
    String architecture = arguments[2];
    if (!architecture.equals(ofThisJdk())) {
      throw new IOException(
          "vzrig.deb.architecture is %s, but this JDK makes a runtime for %s"
              .formatted(architecture, ofThisJdk()));
    }
    Path root = Path.of(arguments[0]);
    new PackageFiles(
            root,
            built,
            Map.of(
                "@VERSION@",
                arguments[1],
                "@ARCHITECTURE@",
                architecture,
                "@MAINTAINER@",
                arguments[3],
                "@DATE@",
                CHANGELOG_DATE.format(built.atOffset(ZoneOffset.UTC))))
        .layOut();
  }

  private static String ofThisJdk() {
    String arch = System.getProperty("os.arch");
    return arch.equals("aarch64") ? "arm64" : arch;
  }

  private void layOut() throws IOException {
    program();
    units();
    guests();
    manual();
    documents();
    control();
  }

  private void program() throws IOException {
    Path modules = root.resolve("appliance/target/modules");
    Path image = target.resolve("runtime");
    RuntimeImage.link(modules, image);
    tree.adopt(image, LIB + "/runtime", PackageFiles::isProgram);
    for (Path jar : Tree.regularFiles(modules).stream().filter(Jars::isJar).toList()) {
      Jars.copy(jar, tree.file(LIB + "/modules/" + jar.getFileName()), built);
    }
    values.put("@BUILD@", Jars.build(tree.files().resolve(LIB + "/modules")));
    tree.copy(root.resolve("appliance/jvm.options"), LIB + "/jvm.options");
    tree.program("usr/bin/vzrig", debian("vzrig"));
    tree.program("usr/bin/vzrig-pic32prog", debian("vzrig-pic32prog"));
    tree.program(LIB + "/make-archive", debian("make-archive"));
  }

  private static boolean isProgram(Path file) {
    return Files.isExecutable(file) && !file.toString().endsWith(".so");
  }

  private void units() throws IOException {
    for (Map.Entry<String, String> unit : UNITS.entrySet()) {
      tree.copy(root.resolve("systemd").resolve(unit.getKey()), unit.getValue());
    }
    tree.text("etc/vzrig/vzrig.toml", settings());
  }

  /** The example of the source tree, with the guests where the package has them. */
  private String settings() throws IOException {
    String example = Files.readString(root.resolve("systemd/vzrig.toml"));
    return example.replace("\"../hypervisor/", "\"/" + SHARE + "/hypervisor/");
  }

  /** Below {@code hypervisor/guests} as in the source tree: vzrig run finds its demo there. */
  private void guests() throws IOException {
    tree.copyAll(
        root.resolve("hypervisor/guests"),
        SHARE + "/hypervisor/guests",
        file -> file.toString().matches(".*\\.(config|lib|elf)"));
  }

  private void manual() throws IOException {
    CommandLine vzrig = VzrigCommand.commandLine();
    Manual manual = new Manual(built.toString().substring(0, "2026-01-01".length()), version());
    for (Map.Entry<String, String> page : manual.pages(vzrig).entrySet()) {
      page(page.getKey() + ".1", page.getValue());
    }
    page("vzrig-pic32prog.1", manual.pic32prog(pic32progUsage()));
    page("vzrig.toml.5", manual.settings(settings()));
    tree.text("usr/share/bash-completion/completions/vzrig", completion(vzrig));
  }

  /** Without the line that makes it a program: shells read it. */
  private static String completion(CommandLine vzrig) {
    return AutoComplete.bash("vzrig", vzrig).replaceFirst("^#!.*\n", "");
  }

  private void page(String name, String text) throws IOException {
    String section = name.substring(name.length() - 1);
    tree.compressed("usr/share/man/man%s/%s.gz".formatted(section, name), text);
  }

  private static String pic32progUsage() {
    var out = new ByteArrayOutputStream();
    try (var stream = new PrintStream(out, false, StandardCharsets.UTF_8)) {
      Pic32ProgMain.run(stream, stream, "--help");
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private String version() {
    return values.getOrDefault("@VERSION@", "").replaceFirst("-[^-]*$", "");
  }

  private void documents() throws IOException {
    tree.text(DOC + "/copyright", debian("copyright"));
    tree.compressed(DOC + "/changelog.Debian.gz", debian("changelog"));
    tree.compressed(DOC + "/README.md.gz", Files.readString(root.resolve("README.md")));
    tree.compressed(DOC + "/CONTROL.md.gz", Files.readString(root.resolve("appliance/CONTROL.md")));
    tree.text("usr/share/lintian/overrides/vzrig", debian("lintian-overrides"));
  }

  private void control() throws IOException {
    Path control = Files.createDirectories(target.resolve("control"));
    for (String script : SCRIPTS) {
      Files.writeString(control.resolve(script), debian(script));
    }
  }

  /** A file of {@code systemd/debian}, with this build's values. */
  private String debian(String name) throws IOException {
    String text = Files.readString(root.resolve("systemd/debian").resolve(name));
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace(value.getKey(), value.getValue());
    }
    return text;
  }
}
