package org.vzrig.flasher.pic32prog;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.vzrig.flasher.DeviceName;
import org.vzrig.flasher.FlashException;
import org.vzrig.flasher.ResetSequence;

/** Whatever is typed, it is understood or refused. */
class CommandLineFuzzTest {
  @FuzzTest
  void anyArguments(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    try {
      CommandLine.parse(text.split("\n", -1));
    } catch (FlashException e) {
      // refused
    }
    try {
      DeviceName.parse(text);
    } catch (FlashException e) {
      // refused
    }
    try {
      ResetSequence.parse(text);
    } catch (FlashException e) {
      // refused
    }
  }
}
