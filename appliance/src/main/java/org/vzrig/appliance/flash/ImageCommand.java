package org.vzrig.appliance.flash;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vzrig.appliance.CommandFailure;
import org.vzrig.appliance.ExitCode;
import org.vzrig.appliance.config.ImageBuildCommand;
import org.vzrig.appliance.flash.ImageFiles.AddressSpace;
import org.vzrig.boards.DevCfg;
import org.vzrig.boards.DevCfgField;
import org.vzrig.boards.image.Image;
import org.vzrig.boards.image.ImageCheck;
import org.vzrig.boards.image.ImageException;
import org.vzrig.boards.image.ImageFormat;
import org.vzrig.boards.image.ImageWriter;
import org.vzrig.boards.image.Segment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about firmware images. */
@Command(
    name = "image",
    mixinStandardHelpOptions = true,
    header = "Look at firmware images, join them, convert them, build them.",
    subcommands = {
      ImageCommand.InfoCommand.class,
      ImageCommand.MergeCommand.class,
      ImageCommand.ConvertCommand.class,
      ImageBuildCommand.class
    })
public final class ImageCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "expected info, merge, convert or build");
  }

  private static final String FILE =
      "S-record, Intel HEX or ELF file, or a binary file as FILE@ADDRESS.";

  /** Shows what files hold. */
  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      header = "Show segments, entry and configuration words of images.")
  static final class InfoCommand implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = FILE)
    List<String> files = List.of();

    @Option(names = "--json", description = "Print one JSON object.")
    boolean json;

    @Override
    public Integer call() throws CommandFailure {
      PrintWriter out = spec.commandLine().getOut();
      Image image = ImageFiles.read(files);
      out.print(json ? ImageText.json(image) : ImageText.text(image));
      out.flush();
      return ExitCode.OK.code();
    }
  }

  /** What both writing commands have in common. */
  static class Output {
    @Option(
        names = {"-o", "--output"},
        required = true,
        paramLabel = "OUT",
        description = "File to write; its ending chooses the format: srec, hex or bin.")
    Path file = Path.of("");

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description = "srec, hex or binary, whatever the ending.")
    @org.jspecify.annotations.Nullable
    ImageFormat format;

    @Option(
        names = "--addresses",
        paramLabel = "SPACE",
        defaultValue = "kseg0",
        description = "physical, kseg0 or kseg1 (default: ${DEFAULT-VALUE}).")
    AddressSpace space = AddressSpace.KSEG0;

    void write(Image image) throws CommandFailure, IOException {
      ImageFormat chosen =
          format != null
              ? format
              : ImageFormat.ofName(file.toString())
                  .orElseThrow(
                      () ->
                          new CommandFailure(
                              ExitCode.USAGE,
                              file
                                  + ": expected an ending such as .srec, .hex or .bin, or"
                                  + " --format"));
      try {
        ImageWriter.write(image, file, chosen, space::of);
      } catch (ImageException e) {
        throw ImageFiles.failure(e.problems());
      }
    }
  }

  /** Joins images. */
  @Command(
      name = "merge",
      mixinStandardHelpOptions = true,
      header = "Join images into one; different bytes for one address are an error.")
  static final class MergeCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = FILE)
    List<String> files = List.of();

    @picocli.CommandLine.Mixin Output output = new Output();

    @Override
    public Integer call() throws CommandFailure, IOException {
      output.write(ImageFiles.read(files));
      return ExitCode.OK.code();
    }
  }

  /** Writes an image in another format. */
  @Command(
      name = "convert",
      mixinStandardHelpOptions = true,
      header = "Write an image in another format or address space.")
  static final class ConvertCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = FILE)
    String file = "";

    @picocli.CommandLine.Mixin Output output = new Output();

    @Override
    public Integer call() throws CommandFailure, IOException {
      output.write(ImageFiles.read(List.of(file)));
      return ExitCode.OK.code();
    }
  }

  /** Images as text for people and for programs. */
  static final class ImageText {
    private ImageText() {}

    static String text(Image image) {
      StringBuilder text = new StringBuilder();
      for (Segment s : image.segments()) {
        text.append(
            "%08X-%08X  %7d bytes  %s%n"
                .formatted(s.address(), (int) s.end() - 1, s.data().length, s.origin()));
      }
      text.append("%d bytes in %d segments%n".formatted(image.size(), image.segments().size()));
      image.entry().ifPresent(e -> text.append("entry %08X%n".formatted(e)));
      image.notes().forEach(n -> text.append(n).append(System.lineSeparator()));
      if (hasConfiguration(image)) {
        configuration(text, ImageCheck.devcfg(image));
      }
      return text.toString();
    }

    private static boolean hasConfiguration(Image image) {
      return image.word(DevCfg.ADDRESS + 0xC).isPresent();
    }

    private static void configuration(StringBuilder text, DevCfg words) {
      text.append(
          "DEVCFG3..0 %08X %08X %08X %08X, DEVCP0 %08X%n"
              .formatted(
                  words.devcfg3(),
                  words.devcfg2(),
                  words.devcfg1(),
                  words.devcfg0(),
                  words.devcp0()));
      for (DevCfgField f : words.fields()) {
        text.append("  %-8s %-10s %4X  %s%n".formatted(f.word(), f.name(), f.value(), f.meaning()));
      }
    }

    static String json(Image image) {
      StringBuilder text = new StringBuilder("{\"segments\":[");
      String comma = "";
      for (Segment s : image.segments()) {
        text.append(comma)
            .append(
                "{\"address\":\"%08X\",\"bytes\":%d,\"from\":%s}"
                    .formatted(
                        s.address(), s.data().length, FlashJson.string(s.origin().toString())));
        comma = ",";
      }
      text.append("],\"bytes\":").append(image.size());
      image.entry().ifPresent(e -> text.append(",\"entry\":\"%08X\"".formatted(e)));
      if (hasConfiguration(image)) {
        text.append(",\"configuration\":{");
        comma = "";
        for (DevCfgField f : ImageCheck.devcfg(image).fields()) {
          text.append(comma)
              .append(
                  "%s:{\"value\":%d,\"meaning\":%s}"
                      .formatted(
                          FlashJson.string(f.word() + "." + f.name()).toUpperCase(Locale.ROOT),
                          f.value(),
                          FlashJson.string(f.meaning())));
          comma = ",";
        }
        text.append('}');
      }
      return text.append("}\n").toString();
    }
  }
}
