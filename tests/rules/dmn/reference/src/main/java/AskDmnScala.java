import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.camunda.dmn.Audit;
import org.camunda.dmn.DmnEngine;
import org.camunda.feel.FeelEngineClock;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFunction;
import org.camunda.feel.valuemapper.ValueMapper;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads {"xml": …, "decision": …, "context": {…}} a line and answers {"output": …, "evaluated": […]} or {"failure": …}.
 * A number is {n}, a context {c}, a temporal value {t}. The clock stands at 2026-11-24T00:00Z.
 */
public class AskDmnScala {
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final FeelEngineClock CLOCK = () -> Instant.parse("2026-11-24T00:00:00Z").atZone(ZoneOffset.UTC);
  private static final DmnEngine ENGINE = new DmnEngine.Builder().clock(CLOCK).build();

  public static void main(String[] args) throws Exception {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) out.println(JSON.writeValueAsString(answer(JSON.readTree(line))));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> answer(JsonNode asked) {
    Map<String, Object> row = new LinkedHashMap<>();
    try {
      var parsed = ENGINE.parse(new ByteArrayInputStream(asked.get("xml").asText().getBytes(StandardCharsets.UTF_8)));
      if (parsed.isLeft()) return failed(row, parsed.left().get().message());
      Map<String, Object> context = JSON.convertValue(asked.get("context"), HashMap.class);
      var result = ENGINE.eval(parsed.right().get(), asked.get("decision").asText(), context);
      if (result.isRight()) row.put("output", shown(result.right().get().value()));
      else failed(row, result.left().get().failure().message());
      var log = result.isRight() ? result.right().get().auditLog() : result.left().get().auditLog();
      row.put("evaluated", CollectionConverters.asJava(log.entries()).stream().map(AskDmnScala::entry).toList());
    } catch (RuntimeException | StackOverflowError failure) {
      failed(row, failure.toString());
    }
    return row;
  }

  private static Map<String, Object> failed(Map<String, Object> row, String message) {
    row.put("failure", message);
    return row;
  }

  private static Map<String, Object> entry(Audit.AuditLogEntry entry) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", entry.id());
    row.put("logic", entry.decisionLogic().getClass().getSimpleName());
    row.put("output", shown(entry.result().result()));
    if (entry.result() instanceof Audit.DecisionTableEvaluationResult table) {
      row.put("inputs", CollectionConverters.asJava(table.inputs()).stream()
        .map(each -> named(each.input().id(), each.input().name(), each.value())).toList());
      row.put("rules", CollectionConverters.asJava(table.matchedRules()).stream()
        .map(each -> Map.of("id", each.rule().id(), "outputs", CollectionConverters.asJava(each.outputs()).stream()
          .map(output -> named(output.output().id(), output.output().label(), output.value())).toList())).toList());
    }
    return row;
  }

  private static List<Object> named(String id, String name, Val value) {
    List<Object> row = new ArrayList<>();
    row.add(id);
    row.add(name);
    row.add(shown(value));
    return row;
  }

  private static Object shown(Object value) {
    if (value == null || value instanceof String || value instanceof Boolean) return value;
    if (value instanceof scala.Option<?> maybe) return maybe.isEmpty() ? null : shown(maybe.get());
    if (value instanceof ValError error) return Map.of("error", error.error());
    if (value instanceof ValFunction) return Map.of("t", "function");
    if (value instanceof Val made) return shown(ValueMapper.defaultValueMapper().unpackVal(made));
    if (value instanceof scala.math.BigDecimal number) return Map.of("n", number.bigDecimal().toPlainString());
    if (value instanceof Number number) return Map.of("n", new BigDecimal(number.toString()).toPlainString());
    if (value instanceof List<?> list) return list.stream().collect(ArrayList::new, (all, each) -> all.add(shown(each)), ArrayList::addAll);
    if (value instanceof Map<?, ?> entries) {
      Map<String, Object> sorted = new TreeMap<>();
      entries.forEach((key, each) -> sorted.put(String.valueOf(key), shown(each)));
      return Map.of("c", sorted);
    }
    if (value instanceof scala.collection.Map<?, ?> entries) return shown(CollectionConverters.asJava(entries));
    if (value instanceof scala.collection.Iterable<?> list) {
      List<Object> all = new ArrayList<>();
      for (var each = list.iterator(); each.hasNext(); ) all.add(shown(each.next()));
      return all;
    }
    return Map.of("t", value.toString());
  }
}
