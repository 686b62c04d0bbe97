package salter.peer;

import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;

/** What the worker for `deliver-act` does, inside the engine: nothing, as outside. */
public class DeliverAct implements JavaDelegate {
  @Override
  public void execute(DelegateExecution execution) {
  }
}
