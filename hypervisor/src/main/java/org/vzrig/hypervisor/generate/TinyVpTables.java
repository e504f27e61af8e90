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
   * The files' texts by name: pte.c, ic-tables.c, tinyVP.h, board_setup_tbl.c, vm_options.c and the
   * merging script named after the configuration.
   *
   * @param config the configuration's path, for the script's name
   * @throws IOException when a {@code .cmd} file cannot be read
   * @throws IllegalArgumentException when tinyVP's tables cannot express the layout, saying why
   */
  public static Map<String, String> of(Layout layout, Path config) throws IOException {
    Labels labels = new Labels();
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pte.c", PageTableSource.of(layout, labels));
    files.put("ic-tables.c", InterruptSource.of(layout, labels));
    files.put("tinyVP.h", ThreadSource.header(layout));
    files.put("board_setup_tbl.c", ThreadSource.setup(layout));
    files.put("vm_options.c", ThreadSource.options(layout));
    files.put(config.getFileName() + ".objcopy", ObjcopyScript.of(layout, config));
    return files;
  }

  /**
   * Writes the files into a folder, which is made when it is missing, and returns their paths.
   *
   * @throws IOException when that fails
   */
  public static List<Path> write(Layout layout, Path config, Path folder) throws IOException {
    List<Path> written = new ArrayList<>();
    Files.createDirectories(folder);
    for (Map.Entry<String, String> file : of(layout, config).entrySet()) {
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
