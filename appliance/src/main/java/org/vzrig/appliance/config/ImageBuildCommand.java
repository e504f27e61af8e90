package org.vzrig.appliance.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.boards.Board;
import org.vzrig.boards.Boards;
import org.vzrig.boards.image.Addresses;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Segment;
import org.vzrig.hypervisor.config.Problems;
import org.vzrig.hypervisor.image.FlashImage;
import org.vzrig.hypervisor.report.ConfigReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Builds a flashable image of a configuration. */
@Command(
    name = "build",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    header = "Build a flashable image of a configuration's guests.",
    description = {
      "",
      "Every guest goes into the flash that the configuration gives it. With --root the root"
          + " program joins them, and on a board without a boot loader the board's configuration"
          + " words. Without --root the configuration's only guest becomes an image for the bare"
          + " board, at the addresses that it was linked for, with the board's configuration"
          + " words.",
      ""
    },
    footer = {
      "",
      "Example: vzrig image build config.file --board olimex-emz64 --root a.out -o all.srec"
    })
public final class ImageBuildCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin Source source = new Source();

  @Option(
      names = "--root",
      paramLabel = "ELF",
      description = "The root program, such as tinyVP's a.out.")
  @Nullable Path root;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The image; its ending chooses the format: .srec, .hex or .bin.")
  Path output = Path.of("");

  @Override
  public Integer call() throws CommandFailure, IOException {
    Board board =
        Boards.named(source.board)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "--board: no board '" + source.board + "'"));
    ConfigReport report = source.usable();
    Problems problems = new Problems();
    Image image = FlashImage.build(report.layout(), board, root, problems);
    if (problems.hasErrors()) {
      throw new CommandFailure(ExitCode.BAD_IMAGE, Source.lines(problems.all()));
    }
    write(image);
    PrintWriter out = spec.commandLine().getOut();
    Source.lines(report.problems()).forEach(out::println);
    Source.lines(problems.all()).forEach(out::println);
    for (Segment segment : image.segments()) {
      out.println("%08x-%08x  %s".formatted(segment.start(), segment.end() - 1, segment.origin()));
    }
    out.println("wrote " + output);
    out.flush();
    return ExitCode.OK.code();
  }

  private void write(Image image) throws CommandFailure, IOException {
    ImageFormat format = ImageFormat.ofName(output.toString()).orElse(ImageFormat.SREC);
    try {
      ImageWriter.write(image, output, format, Addresses::kseg0);
    } catch (ImageException e) {
      throw new CommandFailure(
          ExitCode.BAD_IMAGE, e.problems().stream().map(Object::toString).toList());
    }
  }
}
