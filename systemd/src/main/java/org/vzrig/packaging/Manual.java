package org.vzrig.packaging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual pages: what {@code --help} of each command says. */
final class Manual {
  private static final ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

  private final String date;
  private final String source;

  /** Pages that bear {@code date} and name {@code version}. */
  Manual(String date, String version) {
    this.date = date;
    this.source = "vzrig " + version;
  }

  /** The pages of {@code command} and those below it, by name: {@code vzrig-ctl-status}. */
  Map<String, String> pages(CommandLine command) {
    Map<String, String> pages = new LinkedHashMap<>();
    CommandSpec spec = command.getCommandSpec();
    if (!spec.usageMessage().hidden()) {
      pages.put(name(spec), page(command));
      subcommands(command).forEach(below -> pages.putAll(pages(below)));
    }
    return pages;
  }

  private static Stream<CommandLine> subcommands(CommandLine command) {
    return command.getSubcommands().values().stream().distinct();
  }

  private static String name(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    Help help = new Help(spec, PLAIN);
    Roff roff =
        new Roff(name(spec), 1, date, source)
            .section("NAME")
            .paragraphs(List.of(name(spec) + " - " + summary(help)))
            .section("SYNOPSIS")
            .paragraphs(lines(help.synopsis(0)));
    if (!help.description().isBlank()) {
      roff.section("DESCRIPTION").paragraphs(lines(help.description()));
    }
    arguments(roff, spec, help);
    commands(roff, command);
    if (!help.footer().isBlank()) {
      roff.section("NOTES").paragraphs(lines(help.footer()));
    }
    Map<String, String> codes = spec.usageMessage().exitCodeList();
    if (!codes.isEmpty()) {
      roff.section("EXIT STATUS");
      codes.forEach((code, meaning) -> roff.item(code, List.of(meaning)));
    }
    return roff.section("SEE ALSO").paragraphs(List.of(seeAlso(spec))).toString();
  }

  private static String summary(Help help) {
    return lines(help.header()).stream()
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .replaceFirst("\\.$", "");
  }

  private static String seeAlso(CommandSpec spec) {
    return Stream.concat(
            Stream.ofNullable(spec.parent()).map(parent -> name(parent) + "(1)"),
            Stream.of("vzrig.toml(5)"))
        .collect(Collectors.joining(", "));
  }

  private static void arguments(Roff roff, CommandSpec spec, Help help) {
    List<ArgSpec> shown = new ArrayList<>();
    spec.positionalParameters().stream().filter(a -> !a.hidden()).forEach(shown::add);
    spec.options().stream().filter(a -> !a.hidden()).forEach(shown::add);
    if (!shown.isEmpty()) {
      roff.section("OPTIONS");
      shown.forEach(arg -> roff.item(term(arg, help), meaning(rows(arg, help))));
    }
  }

  /** As the help shows it, in columns: required, short name, comma, long name, description. */
  private static Text[][] rows(ArgSpec arg, Help help) {
    Help.IParamLabelRenderer labels = help.createDefaultParamLabelRenderer();
    return arg instanceof OptionSpec option
        ? help.createDefaultOptionRenderer().render(option, labels, PLAIN)
        : help.createDefaultParameterRenderer().render((PositionalParamSpec) arg, labels, PLAIN);
  }

  private static String term(ArgSpec arg, Help help) {
    String label =
        help.createDefaultParamLabelRenderer()
            .renderParameterLabel(arg, Ansi.OFF, List.of())
            .plainString();
    return arg instanceof OptionSpec option ? String.join(", ", option.names()) + label : label;
  }

  private static List<String> meaning(Text[][] rows) {
    return Arrays.stream(rows)
        .map(row -> row[row.length - 1].plainString())
        .flatMap(String::lines)
        .toList();
  }

  private static void commands(Roff roff, CommandLine command) {
    List<CommandLine> below =
        subcommands(command).filter(sub -> !sub.getCommandSpec().usageMessage().hidden()).toList();
    if (!below.isEmpty()) {
      roff.section("COMMANDS");
      for (CommandLine sub : below) {
        CommandSpec spec = sub.getCommandSpec();
        roff.item(name(spec) + "(1)", List.of(summary(new Help(spec, PLAIN)) + "."));
      }
    }
  }

  private static List<String> lines(String text) {
    return text.strip().lines().toList();
  }

  /** The page of the settings: the example, which shows every one of them. */
  String settings(String example) {
    return new Roff("vzrig.toml", 5, date, source)
        .section("NAME")
        .paragraphs(List.of("vzrig.toml - settings of a vzrig daemon"))
        .section("DESCRIPTION")
        .paragraphs(List.of("The file as it is installed, which shows every setting:"))
        .verbatim(example.lines().toList())
        .section("SEE ALSO")
        .paragraphs(List.of("vzrig(1), vzrig-daemon(1), vzrig-ctl(1)"))
        .toString();
  }

  /**
   * The page of the program that takes pic32prog's command line, with the {@code usage} it prints.
   */
  String pic32prog(String usage) {
    return new Roff("vzrig-pic32prog", 1, date, source)
        .section("NAME")
        .paragraphs(List.of("vzrig-pic32prog - program a PIC32 with pic32prog's command line"))
        .section("SYNOPSIS")
        .paragraphs(List.of("vzrig-pic32prog [OPTION...] FILE"))
        .section("DESCRIPTION")
        .paragraphs(
            List.of(
                "Takes the command line of pic32prog and programs the board as vzrig-flash(1)"
                    + " does.",
                "It is also called pic32prog where no other program has that name",
                "(update-alternatives)."))
        .section("OPTIONS")
        .verbatim(usage.strip().lines().toList())
        .section("SEE ALSO")
        .paragraphs(List.of("vzrig-flash(1)"))
        .toString();
  }
}
