package org.vzrig.emulator.cpu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vzrig.boards.testing.RequiredTool;

/** Debian's GNU assembler and disassembler for MIPS. */
final class Binutils {
  private static final String PACKAGE = "gcc-mipsel-linux-gnu";
  private static final Pattern LINE =
      Pattern.compile("\\s*([0-9a-f]+):\\s+([0-9a-f]{4,8})(?: ([0-9a-f]{4}))?\\s+(.*)");

  private Binutils() {}

  /** One line of the disassembler's output. */
  record Line(int address, int word, String text) {}

  /** What objdump makes of MIPS32 words from address 0. */
  static List<Line> disassemble(List<Integer> words) throws IOException, InterruptedException {
    return disassemble(bytes(words), "mips:isa32r5");
  }

  /** What objdump makes of left-aligned microMIPS words from address 0. */
  static List<Line> disassembleMicro(List<Integer> words) throws IOException, InterruptedException {
    return disassemble(microBytes(words), "mips:micromips");
  }

  private static List<Line> disassemble(byte[] code, String machine)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile("words", ".bin");
    try {
      Files.write(file, code);
      return lines(
          run(
              RequiredTool.find("mipsel-linux-gnu-objdump", PACKAGE).toString(),
              "-D",
              "-z",
              "-bbinary",
              "-m" + machine,
              "-EL",
              "-Mno-aliases,cp0-names=numeric,hwr-names=numeric,cp1-names=numeric,reg-names=32,fpr-names=numeric",
              file.toString()));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Assembles source lines and disassembles the object again, without relocations. */
  static List<Line> assemble(List<String> source, String... options)
      throws IOException, InterruptedException {
    Path text = Files.createTempFile("source", ".s");
    Path object = Files.createTempFile("object", ".o");
    try {
      Files.writeString(text, String.join("\n", source) + "\n");
      List<String> command = new ArrayList<>();
      command.add(RequiredTool.find("mipsel-linux-gnu-as", PACKAGE).toString());
      // Debian's assembler puts a SYNC before every LL otherwise
      command.add("-mno-fix-loongson3-llsc");
      command.addAll(List.of(options));
      command.addAll(List.of("-o", object.toString(), text.toString()));
      run(command.toArray(String[]::new));
      return lines(run("mipsel-linux-gnu-objdump", "-d", "-z", "-Mno-aliases", object.toString()));
    } finally {
      Files.deleteIfExists(text);
      Files.deleteIfExists(object);
    }
  }

  static byte[] bytes(List<Integer> words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    words.forEach(buffer::putInt);
    return buffer.array();
  }

  /** Halfwords in their order, the upper one first. */
  static byte[] microBytes(List<Integer> words) {
    ByteBuffer buffer = ByteBuffer.allocate(words.size() * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int word : words) {
      buffer.putShort((short) (word >>> 16));
      if (InsnTable.microLength(word) == 4) {
        buffer.putShort((short) word);
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private static List<Line> lines(String output) {
    List<Line> lines = new ArrayList<>();
    for (String line : output.lines().toList()) {
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        String hex = m.group(3) == null ? m.group(2) : m.group(2) + m.group(3);
        String text = m.group(4).strip().replaceAll("\\s+", " ").replaceAll(" <.*>", "");
        lines.add(
            new Line(
                Integer.parseUnsignedInt(m.group(1), 16), Integer.parseUnsignedInt(hex, 16), text));
      }
    }
    return lines;
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("binutils", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int exitCode = process.waitFor();
      String output = Files.readString(log, StandardCharsets.ISO_8859_1);
      if (exitCode != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + output);
      }
      return output;
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
