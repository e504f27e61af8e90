package org.vzrig.appliance;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import picocli.CommandLine;

/** Prints what went wrong as lines for people and chooses the exit code. */
final class Failures {
  private Failures() {}

  /** Makes {@code line} report through this class. */
  static void install(CommandLine line) {
    line.setParameterExceptionHandler((wrong, args) -> usage(wrong));
    line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
  }

  private static int usage(CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("vzrig: " + wrong.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.code();
  }

  private static int report(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    ExitCode exit = exitOf(failure);
    for (String text : linesOf(failure)) {
      err.println("vzrig: " + text);
    }
    if (stackTraceWanted(command)) {
      failure.printStackTrace(err);
    } else if (exit == ExitCode.INTERNAL) {
      err.println("vzrig: this is a defect of vzrig; run again with --stack-trace to see where");
    }
    err.flush();
    return exit.code();
  }

  private static ExitCode exitOf(Exception failure) {
    return switch (failure) {
      case CommandFailure known -> known.exit();
      case IOException host -> ExitCode.HOST_IO;
      default -> ExitCode.INTERNAL;
    };
  }

  private static List<String> linesOf(Exception failure) {
    return switch (failure) {
      case CommandFailure known -> known.lines();
      case NoSuchFileException missing -> List.of(missing.getFile() + ": no such file");
      case FileSystemException file -> List.of(file.getFile() + ": " + reason(file));
      case IOException host -> List.of(String.valueOf(host.getMessage()));
      default -> List.of("internal error: " + failure);
    };
  }

  private static String reason(FileSystemException file) {
    String reason = file.getReason();
    if (file instanceof AccessDeniedException) {
      return "no permission";
    }
    return reason == null ? file.getClass().getSimpleName() : reason;
  }

  private static boolean stackTraceWanted(CommandLine command) {
    CommandLine root = command;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root.getCommand() instanceof VzrigCommand vzrig && vzrig.stackTrace;
  }
}
