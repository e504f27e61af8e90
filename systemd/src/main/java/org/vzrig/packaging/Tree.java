package org.vzrig.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the package as they will lie below {@code /}: those that can be executed apart from
 * the others, because jdeb gives one mode to all files of a folder.
 *
 * @param files below here lie files of mode 644
 * @param programs below here lie files of mode 755
 */
record Tree(Path files, Path programs) {
  private static final int EXTRA_FLAGS = 8;
  private static final byte MAXIMUM_COMPRESSION = 2;

  /** A tree below {@code folder}, in which nothing lies yet. */
  static Tree empty(Path folder) throws IOException {
    delete(folder);
    return new Tree(folder.resolve("files"), folder.resolve("programs"));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  void text(String name, String text) throws IOException {
    Files.writeString(made(files, name), text);
  }

  void program(String name, String text) throws IOException {
    Files.writeString(made(programs, name), text);
  }

  void copy(Path source, String name) throws IOException {
    Files.copy(source, made(files, name));
  }

  /** Where a file goes that somebody else writes; its folder is there. */
  Path file(String name) throws IOException {
    return made(files, name);
  }

  /** Copies what {@code wanted} accepts of {@code source}, with the folders in which it lies. */
  void copyAll(Path source, String folder, Predicate<Path> wanted) throws IOException {
    for (Path file : regularFiles(source)) {
      if (wanted.test(file)) {
        copy(file, folder + "/" + source.relativize(file));
      }
    }
  }

  /** Moves what {@code folder} holds to this tree, programs to programs. */
  void adopt(Path folder, String name, Predicate<Path> isProgram) throws IOException {
    for (Path file : regularFiles(folder)) {
      Path target =
          made(isProgram.test(file) ? programs : files, name + "/" + folder.relativize(file));
      Files.move(file, target);
    }
    delete(folder);
  }

  /** Writes {@code text} in gzip's format, the same bytes every time. */
  void compressed(String name, String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    byte[] gzip = bytes.toByteArray();
    // RFC 1952: the field that says so; the library leaves it 0
    gzip[EXTRA_FLAGS] = MAXIMUM_COMPRESSION;
    Files.write(made(files, name), gzip);
  }

  static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Path made(Path root, String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolve("..").normalize());
    return file;
  }
}
