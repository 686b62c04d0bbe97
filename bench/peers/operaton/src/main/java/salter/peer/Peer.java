package salter.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.operaton.bpm.engine.ProcessEngine;
import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;

/**
 * Measures Operaton with the reference workload: {@code Peer <jdbc url> <user> <password> <external|delegates> <seconds> <clients>...}.
 * Prints a line of JSON for each number of clients: instances, seconds, 95th percentiles in milliseconds of "start" and "complete",
 * milliseconds of processor time per instance. Makes its tables in the database, which has to be empty.
 */
public final class Peer {
  public static void main(String[] args) throws Exception {
    // A worker that fails would leave its client waiting for ever.
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
      error.printStackTrace();
      Runtime.getRuntime().halt(1);
    });
    String kind = args[3];
    int seconds = Integer.parseInt(args[4]);
    try (HikariDataSource connections = connect(args[0], args[1], args[2])) {
      ProcessEngine engine = start(connections);
      engine.getRepositoryService().createDeployment().addClasspathResource(kind + ".bpmn").deploy();
      Workload workload = kind.equals("external") ? new ExternalTasks(engine) : new Delegates(engine);
      workload.warmUp();
      for (int at = 5; at < args.length; at++) {
        System.out.println(workload.run(Integer.parseInt(args[at]), seconds).toJson());
      }
      engine.close();
    }
  }

  // A pool as large as the peer can use, so that no command waits for a connection.
  private static HikariDataSource connect(String url, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setMaximumPoolSize(40);
    return new HikariDataSource(config);
  }

  private static ProcessEngine start(HikariDataSource connections) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(connections);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setJobExecutorActivate(false); // the workload has no timers and nothing asynchronous
    configuration.setEnforceHistoryTimeToLive(false);
    configuration.setMetricsEnabled(false);
    return configuration.buildProcessEngine();
  }

  private Peer() {
  }
}
