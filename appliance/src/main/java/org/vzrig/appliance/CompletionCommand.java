package org.vzrig.appliance;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script of bash and zsh. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    header = "Print a script that lets bash and zsh complete vzrig's commands and options.",
    description = {
      "For this shell:   source <(vzrig completion)",
      "For every shell:  vzrig completion > ~/.local/share/bash-completion/completions/vzrig"
    })
final class CompletionCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    var out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("vzrig", spec.root().commandLine()));
    out.flush();
  }
}
