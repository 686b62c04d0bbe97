package salter.peer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.externaltask.LockedExternalTask;

/**
 * Service tasks are fetched, locked and completed by workers. What is done for the peer's good: one fetcher per topic, because several
 * lock the same rows and fail; it fetches all there is at once, hands it to as many workers as there are clients, and is told
 * when something has come up, so that it never asks in vain.
 */
final class ExternalTasks extends Workload {
  private static final long LOCK_MS = 60_000;

  private final Map<String, CountDownLatch> unfinished = new ConcurrentHashMap<>();
  private Topic check;
  private Topic deliver;
  private ExecutorService clerks;

  ExternalTasks(ProcessEngine engine) {
    super(engine, "external");
  }

  @Override
  void open(int clients) {
    clerks = Executors.newFixedThreadPool(clients);
    deliver = new Topic("deliver-act", clients, Map.of(), (instanceId) -> unfinished.remove(instanceId).countDown());
    check = new Topic("check-request", clients, Map.of("complete", true), (instanceId) -> clerks.execute(() -> {
      completeUserTask(instanceId);
      deliver.cameUp.release();
    }));
  }

  @Override
  void close() {
    if (check == null) return;
    check.close();
    deliver.close();
    clerks.shutdown();
    check = null;
  }

  @Override
  void carryOne() throws InterruptedException {
    String id = start();
    CountDownLatch over = new CountDownLatch(1);
    unfinished.put(id, over);
    check.cameUp.release();
    over.await();
  }

  private interface Completed {
    void of(String instanceId);
  }

  /** A topic's fetcher and its workers. */
  private final class Topic {
    final Semaphore cameUp = new Semaphore(0);
    private final ExecutorService workers;
    private final Thread fetcher;

    Topic(String name, int workerCount, Map<String, Object> answer, Completed completed) {
      workers = Executors.newFixedThreadPool(workerCount);
      fetcher = new Thread(() -> {
        try {
          for (;;) {
            cameUp.acquire();
            int wanted = 1 + cameUp.drainPermits();
            List<LockedExternalTask> tasks = engine.getExternalTaskService().fetchAndLock(wanted, name).topic(name, LOCK_MS).execute();
            for (LockedExternalTask task : tasks) {
              workers.execute(() -> {
                timed(() -> engine.getExternalTaskService().complete(task.getId(), name, answer));
                completed.of(task.getProcessInstanceId());
              });
            }
            if (tasks.size() < wanted) cameUp.release(wanted - tasks.size());
          }
        } catch (InterruptedException over) {
          Thread.currentThread().interrupt();
        }
      });
      fetcher.start();
    }

    void close() {
      fetcher.interrupt();
      workers.shutdown();
    }
  }
}
