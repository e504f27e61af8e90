package org.vzrig.appliance.run;

import org.vzrig.boards.Button;
import org.vzrig.emulator.machine.CycleTime;
import org.vzrig.emulator.port.PinPort;

/** Does what scripts ask for to the buttons, pins and analog inputs of a board. */
final class ScriptedBoard {
  private final Target target;
  private final CycleTime time;

  ScriptedBoard(Target target) {
    this.target = target;
    time = new CycleTime(target.hz());
  }

  void act(Action action) {
    switch (action) {
      case Action.Press press ->
          target.board().button(press.button()).ifPresent(b -> push(b, press));
      case Action.Drive drive -> drive(drive);
      case Action.Voltage voltage ->
          target.debug().machine().chip().analog().set(voltage.input(), voltage.millivolts());
      case Action.Type type -> throw new IllegalArgumentException("not of the board: " + type);
    }
  }

  private void push(Button button, Action.Press press) {
    press(button, true);
    long end = target.workload().cycles() + time.cycles(press.length().toNanos());
    target.events().schedule(target.events().event("button", () -> press(button, false)), end);
  }

  private void press(Button button, boolean pressed) {
    target.pins().drive(button.pin(), pressed != button.activeLow());
  }

  private void drive(Action.Drive drive) {
    PinPort pins = target.pins();
    if (drive.level() == Action.Level.FREE) {
      pins.release(drive.pin());
    } else {
      pins.drive(drive.pin(), drive.level() == Action.Level.HIGH);
    }
  }
}
