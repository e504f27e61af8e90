package org.vzrig.hil.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vzrig.hil.bridge.RouteSpec.PtyRoute;
import org.vzrig.hil.bridge.RouteSpec.Reset;
import org.vzrig.hil.bridge.RouteSpec.Rfc2217;
import org.vzrig.hil.bridge.RouteSpec.SerialPortRoute;
import org.vzrig.hil.bridge.RouteSpec.Stdio;

class RouteSpecTest {
  @ParameterizedTest
  @CsvSource({
    "stdio,stdio",
    "pty,pty",
    "pty:/run/x/uart4,pty:/run/x/uart4",
    "tcp:7000,tcp:127.0.0.1:7000",
    "tcp:0.0.0.0:7000,tcp:0.0.0.0:7000",
    "rfc2217:7000,rfc2217:127.0.0.1:7000",
    "serial:/dev/ttyUSB0,serial:/dev/ttyUSB0",
    "serial:/dev/serial/by-path/pci-0000:00@9600,serial:/dev/serial/by-path/pci-0000:00@9600",
    "log:a b.txt,log:a b.txt",
  })
  void writesWhatItHasRead(String text, String shown) {
    assertEquals(shown, RouteSpec.parse(text).toString());
  }

  @Test
  void saysWhatResetsTheBoard() {
    assertEquals(new PtyRoute(Optional.empty(), Reset.TOUCH), RouteSpec.parse("pty"));
    assertEquals(new PtyRoute(Optional.empty(), Reset.OPEN), RouteSpec.parse("pty,reset=open"));
    assertEquals(
        new PtyRoute(Optional.of(Path.of("a,b")), Reset.NONE),
        RouteSpec.parse("pty:a,b,reset=none"));
    assertEquals(Reset.DTR, assertInstanceOf(Rfc2217.class, RouteSpec.parse("rfc2217:1")).reset());
    assertEquals(
        Reset.RTS, assertInstanceOf(Rfc2217.class, RouteSpec.parse("rfc2217:1,reset=rts")).reset());
    assertInstanceOf(Stdio.class, RouteSpec.parse("stdio"));
    assertEquals(new SerialPortRoute("COM5", 0), RouteSpec.parse("serial:COM5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "usb:1",
        "tcp",
        "tcp:",
        "tcp:x",
        "tcp:65536",
        "pty:",
        "pty:x,reset=dtr",
        "rfc2217:1,reset=open",
        "serial:",
        "serial:/dev/x@",
        "serial:@9600",
        "log:",
        "stdio:x",
        "stdio,reset=open",
        "ptyx"
      })
  void saysWhatItExpectedAndWhatItFound(String text) {
    String message =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> RouteSpec.parse(text)).getMessage());
    assertTrue(
        message.startsWith("expected ") && message.endsWith("found '" + text + "'"), message);
  }
}
