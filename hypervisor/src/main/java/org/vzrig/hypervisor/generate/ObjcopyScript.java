package org.vzrig.hypervisor.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vzrig.hypervisor.config.CommandFile;
import org.vzrig.hypervisor.layout.GuestImage;
import org.vzrig.hypervisor.layout.Layout;
import org.vzrig.hypervisor.layout.VmLayout;

/** Writes the shell script with which tinyVP's make relocates the guests and merges the images. */
final class ObjcopyScript {
  private ObjcopyScript() {}

  static String of(Layout layout, Path config) throws IOException {
    StringBuilder out = new StringBuilder();
    StringBuilder merge = new StringBuilder("srec_cat a.out.srec devcfg.srec");
    for (VmLayout vm : layout.vms().values()) {
      GuestImage image = vm.image();
      if (image != null) {
        String name = named(image.path(), config).toString();
        out.append(commands(image, name));
        merge.append(' ').append(stem(name)).append(".srec");
      }
    }
    return out.append(merge).append(" >a.merged.srec\n").toString();
  }

  /** The image as the configuration names it: from the folder in which make runs. */
  private static Path named(Path image, Path config) {
    Path folder = config.getParent();
    return folder != null && image.startsWith(folder) ? folder.relativize(image) : image;
  }

  /** The lines of the image's .cmd file; without one, what such a file says for an ELF image. */
  private static String commands(GuestImage image, String name) throws IOException {
    int offset = image.offset();
    String move = (offset < 0 ? "-0x" : "0x") + Integer.toHexString(Math.abs(offset));
    Path file = CommandFile.beside(image.path());
    if (Files.isRegularFile(file)) {
      String lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return lines.replace("$OFFSET", move) + (lines.endsWith("\n") ? "" : "\n");
    }
    return "${OBJCOPY:-mipsel-linux-gnu-objcopy} %s-O srec --change-addresses %s %s %s.srec\n"
        .formatted(image.elf() ? "" : "-I binary ", move, name, stem(name));
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') + 1 ? name.substring(0, dot) : name;
  }
}
