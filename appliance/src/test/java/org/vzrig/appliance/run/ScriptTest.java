package org.vzrig.appliance.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vzrig.boards.Pin;

class ScriptTest {
  private final List<String> done = new ArrayList<>();

  private final Script.Actions actions =
      new Script.Actions() {
        @Override
        public void act(Action action) {
          done.add(action instanceof Action.Type(String text) ? "type " + text : action.toString());
        }

        @Override
        public void actAt(Duration at, Action action) {
          String what = action instanceof Action.Type(String text) ? text : action.toString();
          done.add("at " + at.toMillis() + " " + what);
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
            Steps.input("first"),
            new Step.Expect("login: "),
            Steps.input("me"),
            Steps.input("@2s:later"),
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
    Script script = script(new Step.Expect("a"), Steps.input("b"));
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
      assertThrows(IllegalArgumentException.class, () -> Steps.input(wrong), wrong);
    }
    assertEquals(new Step.Do(new Action.Type("@home")), Steps.input("\\@home"));
    assertEquals(
        new Step.DoAt(Duration.ofMillis(5), new Action.Type("a:b")), Steps.input("@5ms:a:b"));
  }

  @Test
  void readsButtonsPinsAndVoltages() {
    Duration second = Duration.ofSeconds(1);
    assertEquals(
        new Step.Do(new Action.Press("BTN1", Duration.ofMillis(200))), Steps.press("BTN1"));
    assertEquals(
        new Step.DoAt(second, new Action.Press("BTN1", Duration.ofMillis(5))),
        Steps.press("BTN1@1s:5ms"));
    assertEquals(
        new Step.DoAt(second, new Action.Drive(Pin.of("RB11"), Action.Level.HIGH)),
        Steps.pin("rb11=1@1s"));
    assertEquals(
        new Step.Do(new Action.Drive(Pin.of("RA5"), Action.Level.FREE)), Steps.pin("RA5=z"));
    assertEquals(new Step.Do(new Action.Voltage(8, 1650)), Steps.adc("AN8=1.65V"));
    assertEquals(new Step.DoAt(second, new Action.Voltage(49, 3)), Steps.adc("an49=2.5mV@1s"));
  }

  @Test
  void refusesWhatIsNoPinOrVoltage() {
    for (String wrong : List.of("RB16=1", "RI1=1", "RB11", "RB11=2", "RB11=1@", "=1")) {
      assertThrows(IllegalArgumentException.class, () -> Steps.pin(wrong), wrong);
    }
    for (String wrong : List.of("AN50=1V", "AN1=3.31V", "AN1=1", "AN=1V", "AN1=-1V")) {
      assertThrows(IllegalArgumentException.class, () -> Steps.adc(wrong), wrong);
    }
    assertThrows(IllegalArgumentException.class, () -> Steps.press("BTN1@soon"));
  }

  @Test
  void pinsStandBeforeTheBoardStartsAndButtonsWaitForIt() {
    script(Steps.pin("RB1=1"), Steps.press("BTN1"));
    assertTrue(done.getFirst().startsWith("at 0 "), done.toString());
    assertTrue(done.getLast().startsWith("at 100 "), done.toString());
  }
}
