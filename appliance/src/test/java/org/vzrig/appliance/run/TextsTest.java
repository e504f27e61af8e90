package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  @Test
  void readsControlCharactersAndEscapes() {
    assertEquals("\u00051=", Texts.parse("^E1="));
    assertEquals("\u0005\u001d\u0000\u001f", Texts.parse("^e^]^@^_"));
    assertEquals("\r\n\t\u001b\u0000\\^@", Texts.parse("\\r\\n\\t\\e\\0\\\\\\^\\@"));
    assertEquals("a\u00ffb", Texts.parse("a\\xFFb"));
    assertEquals("\u00c3\u00a9", Texts.parse("é"), "UTF-8, a character for each byte");
  }

  @ParameterizedTest
  @CsvSource({
    "^, 'expected a letter after ^, such as ^E (a caret itself is \\^), found ''^'' at character"
        + " 1'",
    "ab^1, found '^1' at character 3 of 'ab^1'",
    "a\\q, expected one of",
    "a\\, found '\\' at character 2",
    "\\x4, expected two hexadecimal digits after \\x",
    "\\xg0, expected two hexadecimal digits after \\x"
  })
  void saysWhichEscapeIsWrong(String text, String message) {
    Exception wrong = assertThrows(IllegalArgumentException.class, () -> Texts.parse(text));
    assertTrue(String.valueOf(wrong.getMessage()).contains(message), wrong::getMessage);
  }

  @Test
  void refusesNothing() {
    assertThrows(IllegalArgumentException.class, () -> Texts.parse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^E1=", "a\\r\\n\\t", "\\x00\\xFF", "\\^\\\\"})
  void showsTextsAsTheyAreTyped(String text) {
    assertEquals(text, Texts.shown(Texts.parse(text)));
  }
}
