package salter.peer;

import org.operaton.bpm.engine.ProcessEngine;

/** Service tasks run inside the engine, in the transaction of whoever called: two commands and a question per request. */
final class Delegates extends Workload {
  Delegates(ProcessEngine engine) {
    super(engine, "delegates");
  }

  @Override
  void carryOne() {
    completeUserTask(start());
  }
}
