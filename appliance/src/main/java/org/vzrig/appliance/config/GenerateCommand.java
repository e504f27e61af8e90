package org.vzrig.appliance.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.hypervisor.config.MapSource;
import org.vzrig.hypervisor.generate.Release;
import org.vzrig.hypervisor.generate.TinyVpTables;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.VmLayout;
import org.vzrig.hypervisor.report.ConfigReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes what tinyVP's build takes from a configuration. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Write the C tables that tinyVP's sources are compiled with.",
    description = {
      "",
      "Takes the place of tinyVP's Python scripts: pte.c, ic-tables.c, tinyVP.h, board_setup_tbl.c,"
          + " vm_options.c, and the script CONFIG.objcopy that relocates and merges the images.",
      ""
    },
    footer = {
      "",
      "Example, in tinyVP's folder:",
      "  vzrig config generate config.file --board DigilentChipKitWiFire -o ."
    })
final class GenerateCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Source source = new Source();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      required = true,
      description = "The folder to write to; it is made when it is missing.")
  Path folder = Path.of("");

  @Option(
      names = "--release",
      paramLabel = "RELEASE",
      converter = ReleaseConverter.class,
      description = "tinyVP's release: 0.98, or head for its newest sources. Default: head.")
  Release release = Release.HEAD;

  /** Reads a release by the name that tinyVP gives it. */
  static final class ReleaseConverter implements ITypeConverter<Release> {
    @Override
    public Release convert(String text) {
      return Arrays.stream(Release.values())
          .filter(r -> r.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("expected 0.98 or head, found '" + text + "'"));
    }
  }

  @Option(
      names = "--maps",
      description = "Also write a fresh .map file beside each ELF image, for editing by hand.")
  boolean maps;

  @Override
  public Integer call() throws CommandFailure, IOException {
    ConfigReport report = source.usable();
    PrintWriter out = spec.commandLine().getOut();
    Source.lines(report.problems()).forEach(out::println);
    if (maps) {
      writeMaps(report, out);
    }
    try {
      for (Path written : TinyVpTables.write(report.layout(), source.file, release, folder)) {
        out.println("wrote " + written);
      }
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_CONFIG, List.of(source.file + ": " + e.getMessage()));
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private static void writeMaps(ConfigReport report, PrintWriter out) throws IOException {
    Stream<GuestImage> images =
        report.layout().vms().values().stream().map(VmLayout::image).filter(Objects::nonNull);
    for (GuestImage image : images.filter(GuestImage::elf).toList()) {
      Path map = MapSource.beside(image.path());
      Files.writeString(map, MapSource.derive(image.path()));
      out.println("wrote " + map);
    }
  }
}
