package org.vzrig.appliance.run;

import java.time.Duration;
import java.util.List;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.periph.ResetCause;

/**
 * The second machine of a run in lock step: it follows the same script by itself, and gets what
 * comes from outside at the same cycles.
 */
final class Twin {
  private final Target target;
  private final CycleTime time;
  private final ScriptedBoard board;
  private final Script script;

  Twin(Target target, List<Step> steps) {
    this.target = target;
    time = new CycleTime(target.hz());
    board = new ScriptedBoard(target);
    script = new Script(steps, new Actions());
    target.console().onTransmit((cycle, value) -> script.printed(value));
  }

  void start() {
    script.start();
  }

  void type(int uart, int value) {
    target.uart().apply(uart).receive(value);
  }

  void reset() {
    target.debug().machine().reset(ResetCause.MCLR);
  }

  private final class Actions implements Script.Actions {
    @Override
    public void act(Action action) {
      if (action instanceof Action.Type(String text)) {
        text.chars().forEach(value -> type(target.consoleNumber(), value));
      } else {
        board.act(action);
      }
    }

    @Override
    public void actAt(Duration at, Action action) {
      long cycle = target.workload().cycles() + time.cycles(at.toNanos());
      target.events().schedule(target.events().event("script", () -> act(action)), cycle);
    }

    /** The first machine ends the run. */
    @Override
    public void met() {}

    @Override
    public void failed(String text) {}
  }
}
