package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private final List<String> done = new ArrayList<>();

  private final Script.Actions actions =
      new Script.Actions() {
        @Override
        public void type(String text) {
          done.add("type " + text);
        }

        @Override
        public void typeAt(Duration at, String text) {
          done.add("at " + at.toMillis() + " " + text);
        }

        @Override
        public void met() {
          done.add("met");
        }

        @Override
        public void failed(String text) {
          done.add("failed " + text);
        }
      };

  private Script script(Step... steps) {
    Script script = new Script(List.of(steps), actions);
    script.start();
    return script;
  }

  private static void print(Script script, String text) {
    text.chars().forEach(script::printed);
  }

  @Test
  void typesWhenTheExpectationBeforeIsMet() {
    Script script =
        script(
            Step.input("first"),
            new Step.Expect("login: "),
            Step.input("me"),
            Step.input("@2s:later"),
            new Step.Expect("$"));
    assertEquals(List.of("at 2000 later", "at 100 first"), done);
    print(script, "$ login:");
    assertEquals("login: ", script.missing().orElseThrow());
    print(script, " ");
    assertEquals("type me", done.getLast());
    print(script, "$");
    assertEquals("met", done.getLast());
    assertTrue(script.missing().isEmpty());
  }

  @Test
  void goesOnAfterInputThatNothingFollows() {
    Script script = script(new Step.Expect("a"), Step.input("b"));
    print(script, "a");
    assertEquals(List.of("type b"), done);
    assertTrue(script.missing().isEmpty());
  }

  @Test
  void failsAtAnyTime() {
    Script script = script(new Step.Fail("PANIC"), new Step.Expect("ok"));
    print(script, "PANPANIC");
    assertEquals(List.of("failed PANIC"), done);
  }

  @Test
  void leavesOutCarriageReturnsUnlessAsked() {
    Script script = script(new Step.Expect("a\nb"), new Step.Expect("\n\rc"));
    print(script, "a\n\rb");
    assertEquals(List.of(), done);
    print(script, "x\n\rc");
    assertEquals(List.of("met"), done);
    assertEquals("a\nbx\nc", script.tail());
  }

  @Test
  void remembersTheEndOfTheConsole() {
    Script script = script();
    print(script, "x".repeat(1000) + "end");
    assertEquals(200, script.tail().length());
    assertTrue(script.tail().endsWith("xend"));
  }

  @Test
  void findsTextsThatOverlapThemselves() {
    Matcher matcher = new Matcher("aabaaa");
    long found = "aabaabaaabaaa".chars().filter(matcher::feed).count();
    assertEquals(2, found);
    assertFalse(new Matcher("\u00ff").feed(0x7F));
  }

  @Test
  void saysWhatIsWrongWithAnInput() {
    for (String wrong : List.of("@2s", "@x:a", "@:a", "@1s:", "")) {
      assertThrows(IllegalArgumentException.class, () -> Step.input(wrong), wrong);
    }
    assertEquals(new Step.Send("@home"), Step.input("\\@home"));
    assertEquals(new Step.SendAt(Duration.ofMillis(5), "a:b"), Step.input("@5ms:a:b"));
  }
}
