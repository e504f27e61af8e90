package org.vzrig.hypervisor.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vzrig.hypervisor.layout.Layout;

/** Makes the files that tinyVP's sources and its makefile take from a configuration. */
public final class TinyVpTables {
  private TinyVpTables() {}

  /**
   * The files' texts by name: pte.c, ic-tables.c, board_setup_tbl.c, the merging script named after
   * the configuration, and for {@link Release#HEAD} tinyVP.h and vm_options.c.
   *
   * @param config the configuration's path, for the script's name
   * @throws IOException when a {@code .cmd} file cannot be read
   * @throws IllegalArgumentException when tinyVP's tables cannot express the layout, saying why
   */
  public static Map<String, String> of(Layout layout, Path config, Release release)
      throws IOException {
    Labels labels = new Labels();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pte.c", PageTableSource.of(layout, labels, release));
    files.put("ic-tables.c", InterruptSource.of(layout, labels, release));
    files.put("board_setup_tbl.c", ThreadSource.setup(layout));
    if (release == Release.HEAD) {
      files.put("tinyVP.h", ThreadSource.header(layout));
      files.put("vm_options.c", ThreadSource.options(layout));
    } else if (layout.guests().size() != layout.vms().size()) {
      throw new IllegalArgumentException("tinyVP " + release + " has no threads");
    }
    files.put(config.getFileName() + ".objcopy", ObjcopyScript.of(layout, config));
    return files;
  }

  /**
   * Writes the files into a folder, which is made when it is missing, and returns their paths.
   *
   * @throws IOException when that fails
   */
  public static List<Path> write(Layout layout, Path config, Release release, Path folder)
      throws IOException {
    List<Path> written = new ArrayList<>();
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : of(layout, config, release).entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.writeString(target, file.getValue());
      if (file.getKey().endsWith(".objcopy") && !target.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + target + " executable");
      }
      written.add(target);
    }
    return written;
  }
}
