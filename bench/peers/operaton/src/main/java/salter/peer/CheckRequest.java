package salter.peer;

import org.operaton.bpm.engine.delegate.DelegateExecution;
import org.operaton.bpm.engine.delegate.JavaDelegate;

/** What the worker for `check-request` does, inside the engine. */
public class CheckRequest implements JavaDelegate {
  @Override
  public void execute(DelegateExecution execution) {
    execution.setVariable("complete", true);
  }
}
