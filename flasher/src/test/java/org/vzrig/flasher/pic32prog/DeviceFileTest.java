package org.vzrig.flasher.pic32prog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vzrig.flasher.Family;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.Part;

class DeviceFileTest {
  @Test
  void newPartsAndOtherData() throws Exception {
    DeviceFile devices =
        DeviceFile.parse(
            "x.conf",
            """
            # a comment
            ; another
            [MZ4096XYZ100]
                Id      = 0x1234053
                family  = mz    ; in any case
                FLASH   = 4m

            [MX110 special]
              Id = 0x4a07053
              Family = \\
                MX1
              Flash = 32K
            """);
    assertEquals(2, devices.size());
    assertEquals(
        new Part("MZ4096XYZ100", 0x1234053, 4 << 20, Family.MZ), devices.byId(0x51234053).get());
    assertEquals(32 << 10, devices.byId(0x4A07053).get().flashBytes());
    assertEquals("MZ2048EFG100", devices.byId(0x720E053).get().name());
    assertTrue(devices.byId(0x1111111).isEmpty());
  }

  @Test
  void everythingWrongIsTold() {
    FlashException e =
        assertThrows(
            FlashException.class,
            () ->
                DeviceFile.parse(
                    "x.conf", "Id = 3\n[]\n[A]\nId = 0\nSpeed = 3\nFlash = much\nFamily = MQ\n"));
    assertEquals(
        """
        x.conf:1: expected Id, Family or Flash = value in a section, found Id = 3
        x.conf:2: expected a section [NAME], found []
        x.conf:5: expected Id, Family or Flash = value in a section, found Speed = 3
        x.conf:3: [A] Id: expected a DEVID such as 0x720e053, found "0"
        x.conf:3: [A] Flash: expected a size such as 512k or 2m, found "much"
        x.conf:3: [A] Family: expected MX1, MX3, MZ, MK or MM, found "MQ\"\
        """
            .stripIndent(),
        e.text());
  }

  @Test
  void aFileIsFoundByItsNameOrNotAtAll(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("my.conf");
    Files.writeString(file, "[MX9]\nId = 0x999053\nFamily = MX3\nFlash = 8k\n");
    assertEquals(1, DeviceFile.find(Optional.of(file.toString())).size());
  }

  @FuzzTest
  void anyText(byte[] text) {
    try {
      DeviceFile.parse("x", new String(text, StandardCharsets.ISO_8859_1));
    } catch (FlashException e) {
      if (e.text().isEmpty()) {
        throw new IllegalStateException("no reason", e);
      }
    }
  }
}
