package salter.peer;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.task.Task;

/** The reference workload: so many clients at a time, each carrying requests from start to end until the time is up. */
abstract class Workload {
  // By then the virtual machine has compiled what is run often: processor time per instance falls no further.
  private static final int WARM_UP_INSTANCES = 2000;
  private static final int WARM_UP_SECONDS_AT_MOST = 60;

  final ProcessEngine engine;
  private final String kind;
  private volatile Queue<Long> starts = new ConcurrentLinkedQueue<>();
  private volatile Queue<Long> completions = new ConcurrentLinkedQueue<>();

  Workload(ProcessEngine engine, String kind) {
    this.engine = engine;
    this.kind = kind;
  }

  /** Starts a request and returns when it is over. */
  abstract void carryOne() throws Exception;

  /** Before clients begin: workers for so many. */
  void open(int clients) {
  }

  void close() {
  }

  void warmUp() throws Exception {
    long endAt = System.nanoTime() + WARM_UP_SECONDS_AT_MOST * 1_000_000_000L;
    for (int instances = 0; instances < WARM_UP_INSTANCES && System.nanoTime() < endAt;) instances += run(16, 5).instances();
  }

  Measured run(int clients, int seconds) throws Exception {
    starts = new ConcurrentLinkedQueue<>();
    completions = new ConcurrentLinkedQueue<>();
    open(clients);
    long begun = System.nanoTime();
    long cpuBefore = cpuNanos();
    long endAt = begun + seconds * 1_000_000_000L;
    AtomicInteger done = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Future<?>> all = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      all.add(threads.submit(() -> {
        while (System.nanoTime() < endAt) {
          carryOne();
          done.incrementAndGet();
        }
        return null;
      }));
    }
    for (Future<?> each : all) each.get();
    threads.shutdown();
    double elapsed = (System.nanoTime() - begun) / 1e9;
    double cpuMs = (cpuNanos() - cpuBefore) / 1e6;
    close();
    return new Measured(clients, done.get(), elapsed, starts, completions, cpuMs);
  }

  String start() {
    long begun = System.nanoTime();
    String id = engine.getRuntimeService().startProcessInstanceByKey(kind, variables()).getId();
    starts.add(System.nanoTime() - begun);
    return id;
  }

  /** As the clerk, who knows the case and finds its task. */
  void completeUserTask(String instanceId) {
    Task task = engine.getTaskService().createTaskQuery().processInstanceId(instanceId).singleResult();
    timed(() -> engine.getTaskService().complete(task.getId()));
  }

  void timed(Runnable completion) {
    long begun = System.nanoTime();
    completion.run();
    completions.add(System.nanoTime() - begun);
  }

  // Ten variables, about 1 KB: those of bench/engine/workload.ts.
  private static Map<String, Object> variables() {
    Map<String, Object> variables = new LinkedHashMap<>();
    variables.put("caseId", "0193a7f2-5b7c-7d31-8a55-3f1f0c9d2e11");
    variables.put("number", "IV-201-1234/2026");
    variables.put("procedure", "register-extract");
    variables.put("country", "rs");
    variables.put("channel", "portal");
    variables.put("copies", 2);
    variables.put("dueAt", "2026-12-02T15:30:00+01:00");
    variables.put("amounts", "{\"electronic\":0,\"paper\":52000}");
    variables.put("purpose", "x".repeat(300));
    variables.put("remark", "y".repeat(350));
    return variables;
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
  }
}
